import type { Command } from '../command.ts';
import { event } from '../event.ts';
import { demandOwn, getTeam } from './get-team.ts';

/** Deletes a team made by hand; its people stay, and each has the event of having left it. */
export const deleteTeam: Command<{ id: string }, void> = {
  name: 'deleteTeam',
  needs: 'teams:write',
  atomicity: 'transaction',
  async perform(context, { id }) {
    const team = await getTeam(context, id);
    demandOwn(team);
    const changes = [{ key: 'name', from: team.name, to: null }];
    await context.tx.teams.remove(team, event(context.origin, 'team.deleted', 'team', team.id, changes));
  },
};
