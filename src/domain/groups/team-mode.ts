import type { DirectoryPolicy } from '../directories/directory-policy.ts';
import type { Policy } from '../policy.ts';
import type { CentralTeam, ProjectionRule } from './projection-store.ts';

/** What becomes of a directory's groups and people: a team each, a team for everybody, both or neither. */
export type TeamMode = { perGroup: boolean; central: boolean };

/**
 * What the switches come to. Where a group is what lets people in, nobody comes without one, so the team of a directory
 * without groups waits for that gate to be off (seeds S5, S16).
 */
export function teamMode(policy: DirectoryPolicy, groupsSent: boolean): TeamMode {
  const perGroup = policy.groups === 'TEAM_PER_GROUP';
  const usersOnly = perGroup && policy.usersOnlyTeam && !policy.membershipGate && !groupsSent;
  return { perGroup, central: usersOnly || policy.groups === 'CENTRAL_TEAM' };
}

/** The mode of the directory of that stored id. */
export function modeOf({ directories }: Policy, directoryId: string): TeamMode {
  const known = directories.get(directoryId);
  if (!known || known.state === 'DISCONNECTED') return { perGroup: false, central: false };
  return teamMode(known.policy, known.groupsSent);
}

/** The team that everybody whom the directory provisions is in; null: there is none. */
export function centralTeamOf(policy: Policy, directoryId: string): CentralTeam | null {
  const known = policy.directories.get(directoryId);
  return known && modeOf(policy, directoryId).central ? centralTeam(directoryId, known.policy) : null;
}

/** Its central team as the directory would make it. */
export const centralTeam = (directoryId: string, { centralTeamName }: DirectoryPolicy): CentralTeam => ({
  id: centralTeamId(directoryId),
  directoryId,
  name: centralTeamName,
});

/** A directory has one central team for life, so its id follows from the directory's: many first people make one team. */
export const centralTeamId = (directoryId: string): string =>
  directoryId.slice(0, -1) + (Number.parseInt(directoryId.slice(-1), 16) ^ 1).toString(16);

/** Which groups make a team by that policy. */
export const projectionRule = ({ emptyGroups, stakeholderTeams }: DirectoryPolicy): ProjectionRule => ({
  empty: emptyGroups === 'CREATE',
  stakeholders: stakeholderTeams,
});
