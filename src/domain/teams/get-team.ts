import type { Context } from '../command.ts';
import { demandVersion, HubError, notFound } from '../errors.ts';
import { uuidOf } from '../ids.ts';
import type { Team } from './team-store.ts';

/** The team of that wire id; NOT_FOUND, or VERSION_CONFLICT when the caller expected another version. */
export async function getTeam({ tx }: Context, id: string, ifVersion?: number | null): Promise<Team> {
  const uuid = uuidOf('team', id);
  const team = uuid && (await tx.teams.find(uuid));
  if (!team) throw notFound('team', id);
  demandVersion(team.version, ifVersion);
  return team;
}

/** Refuses to delete what a directory would make again. */
export function demandOwn(team: Team): void {
  if (team.origin === 'MANUAL') return;
  const reason =
    team.origin === 'CENTRAL'
      ? 'is the team of all people of a directory; change what the directory makes of groups.'
      : 'comes from a directory group; remove the group there.';
  throw new HubError('NOT_ALLOWED', `${team.name} ${reason}`, { path: ['id'] });
}

/** The stored ids of people; NOT_FOUND naming every id that cannot be one. */
export function userIdsOf(ids: readonly string[]): string[] {
  const uuids = ids.map((id) => uuidOf('usr', id));
  demandKnown(ids.filter((_, index) => uuids[index] === null));
  return [...new Set(uuids as string[])];
}

/** Refuses with NOT_FOUND naming the ids, unless there are none. */
export function demandKnown(unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  throw new HubError('NOT_FOUND', `There is no user ${unknown.slice(0, 10).join(', ')}.`, { path: ['users'] });
}
