import type { Context } from '../command.ts';
import type { DirectoryPolicy, SwitchName } from '../directories/directory-policy.ts';
import type { CentralTeam, Touched } from './projection-store.ts';
import { centralTeam, projectionRule, teamMode } from './team-mode.ts';

/** What a change of switches does to teams; `people`: stored ids of whose memberships it touches. */
export type TeamImpact = {
  groupTeamsKept: number;
  groupTeamsMade: number;
  central: 'made' | 'kept' | 'removed' | null;
  people: Set<string>;
};

/** Switches on which it depends what a directory's groups and people make. */
const TELLING: readonly SwitchName[] = ['groups', 'usersOnlyTeam', 'membershipGate', 'emptyGroups', 'stakeholderTeams'];

/** A directory's policies before and after, the version under which the latter stands, and whether it has sent groups. */
export type Conversion = {
  directoryId: string;
  before: DirectoryPolicy;
  after: DirectoryPolicy;
  groupsSent: boolean;
  version: number;
};

/** Makes of the teams that are there what the new switches say; nothing that people have is lost (ADR 26). */
export async function convertTeams({ tx, origin }: Context, conversion: Conversion): Promise<TeamImpact> {
  const impact: TeamImpact = { groupTeamsKept: 0, groupTeamsMade: 0, central: null, people: new Set() };
  const { directoryId, before, after, groupsSent, version } = conversion;
  if (TELLING.every((name) => before[name] === after[name])) return impact;
  const [was, is] = [teamMode(before, groupsSent), teamMode(after, groupsSent)];
  await tx.projections.lockAll(directoryId);
  if (was.perGroup && !is.perGroup)
    impact.groupTeamsKept = counted(impact, await tx.projections.keep(directoryId, null, origin));
  if (was.central && !is.central)
    impact.central = told(impact, await closeCentral({ tx, origin }, centralTeam(directoryId, before)));
  if (is.perGroup) {
    const groupIds = await tx.projections.waiting(directoryId);
    const made = { directoryId, groupIds, joining: [], rule: projectionRule(after) };
    if (groupIds.length > 0)
      impact.groupTeamsMade = counted(impact, await tx.projections.project(made, version, origin));
  }
  if (is.central && !was.central) {
    const opened = await tx.projections.openCentral(centralTeam(directoryId, after), origin);
    if (counted(impact, opened) > 0) impact.central = 'made';
  }
  return impact;
}

/** Ends a central team: one that was changed by hand, or has people by hand, stays as a manual one. Null: there is none. */
export async function closeCentral(
  { tx, origin }: Pick<Context, 'tx' | 'origin'>,
  team: Pick<CentralTeam, 'id'>,
): Promise<{ central: 'kept' | 'removed'; userIds: string[] } | null> {
  const found = await tx.projections.lockCentral(team);
  if (!found) return null;
  if (found.byHand) return { central: 'kept', userIds: await tx.projections.keepCentral(team, origin) };
  return { central: 'removed', userIds: await tx.projections.dropCentral(team, origin) };
}

function counted({ people }: TeamImpact, { teams, userIds }: Touched): number {
  for (const id of userIds) people.add(id);
  return teams;
}

function told(impact: TeamImpact, closed: Awaited<ReturnType<typeof closeCentral>>): TeamImpact['central'] {
  if (closed) counted(impact, { teams: 1, userIds: closed.userIds });
  return closed?.central ?? null;
}
