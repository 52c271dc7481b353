import type { Command } from '../command.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { demandKnown, getTeam, userIdsOf } from './get-team.ts';
import type { Team } from './team-store.ts';

export type TeamMembers = { id: string; users: readonly string[] };

/** Adds people to a team by hand; one event for each who was not in it. */
export const addTeamMembers: Command<TeamMembers, Team> = {
  name: 'addTeamMembers',
  needs: 'teams:write',
  atomicity: 'statement',
  async perform(context, { id, users }) {
    const team = await getTeam(context, id);
    const added = event(context.origin, 'team.members.added', 'team', team.id);
    const { unknown } = await context.tx.teams.addMembers(team, userIdsOf(users), added);
    demandKnown(unknown.map((uuid) => wireId('usr', uuid)));
    return team;
  },
};

/**
 * Takes people out of a team; a membership that a directory group gives is refused. Who is taken out of a central team
 * stays out (seeds S3).
 */
export const removeTeamMembers: Command<TeamMembers, Team> = {
  name: 'removeTeamMembers',
  needs: 'teams:write',
  atomicity: 'statement',
  async perform(context, { id, users }) {
    const team = await getTeam(context, id);
    const removed = event(context.origin, 'team.members.removed', 'team', team.id);
    const { projected } = await context.tx.teams.removeMembers(team, userIdsOf(users), removed);
    if (projected.length === 0) return team;
    const names = projected.map((uuid) => wireId('usr', uuid)).join(', ');
    throw new HubError('NOT_ALLOWED', `A directory group puts ${names} into ${team.name}; take them out there.`, {
      path: ['users'],
    });
  },
};
