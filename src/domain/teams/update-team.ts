import type { Command } from '../command.ts';
import { demandName } from '../directories/create-directory.ts';
import { event } from '../event.ts';
import { demandDescription } from './create-team.ts';
import { getTeam } from './get-team.ts';
import type { Team } from './team-store.ts';

export type TeamEdit = { id: string; name?: string | null; description?: string | null; ifVersion?: number | null };

/** Renames or describes a team; a projected one too, which its group finds again by id (seeds S4). */
export const updateTeam: Command<TeamEdit, Team> = {
  name: 'updateTeam',
  needs: 'teams:write',
  atomicity: 'statement',
  async perform(context, edit) {
    const { tx, origin } = context;
    if (edit.name !== undefined) demandName(edit.name ?? '', 'name');
    if (edit.description) demandDescription(edit.description);
    const team = await getTeam(context, edit.id, edit.ifVersion);
    const name = edit.name ?? team.name;
    const description = edit.description === undefined ? team.description : edit.description;
    const changes = [
      { key: 'name', from: team.name, to: name },
      { key: 'description', from: team.description, to: description },
    ].filter((change) => change.from !== change.to);
    if (changes.length === 0) return team;
    await tx.teams.save({ ...team, name, description }, event(origin, 'team.updated', 'team', team.id, changes));
    return { ...team, name, description, version: team.version + 1 };
  },
};
