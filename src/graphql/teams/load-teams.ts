import type { Page } from '../../domain/page.ts';
import type { TeamColumn, TeamRow } from '../../domain/teams/team-reader.ts';
import type { UserRow } from '../../domain/users/user-reader.ts';
import { Connection } from '../page/connection.ts';
import { type ListOrder, sliceOf } from '../page/cursor.ts';
import { inOrder, pagesWithin, sliceName } from '../page/many.ts';
import type { PageArgs } from '../page/page-args.ts';
import type { RequestContext } from '../request-context.ts';
import type { Selection } from '../selection.ts';
import { columnsFor } from '../users/columns.ts';

/** Teams run by name. */
export const teamOrder: ListOrder = { name: 'teams', parts: ['text', 'id'] };
const memberOrder: ListOrder = { name: 'members', parts: ['id'] };

const columns: readonly TeamColumn[] = ['version', 'name', 'description', 'origin', 'createdAt', 'updatedAt'];

/** The columns that these fields of `Team` are made of. */
export const teamColumns = (names: ReadonlySet<string>): TeamColumn[] => columns.filter((name) => names.has(name));

/** The team of that stored id with what the selection needs, or null. */
export function loadTeam(context: RequestContext, id: string, selected: ReadonlySet<string>): Promise<TeamRow | null> {
  const list = teamColumns(selected);
  return context
    .loader<string, TeamRow | null>(`team ${list}`, async (ids) =>
      inOrder(ids, await context.reads.teams.byIds(ids, list), (team) => team.id),
    )
    .load(id);
}

/** A page of the teams that the person of that stored id is in. */
export async function loadTeamsOf(context: RequestContext, userId: string, args: PageArgs, selection: Selection) {
  const { slice, pages } = context.once(selection, () => {
    const slice = sliceOf(args, teamOrder, selection);
    const list = teamColumns(selection.nodes);
    const pages = context.loader<string, Page<TeamRow>>(`teams of users ${sliceName(slice)} ${list}`, (ids) =>
      pagesWithin(context, (limit) => context.reads.teams.ofUsers(ids, slice, list, limit)),
    );
    return { slice, pages };
  });
  return new Connection(await pages.load(userId), slice, teamOrder, () => loadTeamCount(context, userId));
}

const loadTeamCount = (context: RequestContext, userId: string): Promise<number> =>
  context.loader<string, number>('counts of users', (ids) => context.reads.teams.countsOfUsers(ids)).load(userId);

/** A page of the members of the team of that stored id, the oldest first. */
export async function loadMembers(context: RequestContext, teamId: string, args: PageArgs, selection: Selection) {
  const { slice, pages } = context.once(selection, () => {
    const slice = sliceOf(args, memberOrder, selection);
    const { list, name } = columnsFor(selection.nodes, context);
    const pages = context.loader<string, Page<UserRow>>(`members ${sliceName(slice)} ${name}`, (ids) =>
      pagesWithin(context, (limit) => context.reads.users.members(ids, slice, list, limit)),
    );
    return { slice, pages };
  });
  return new Connection(await pages.load(teamId), slice, memberOrder, () => loadMemberCount(context, teamId));
}

/** How many people the team has. */
export const loadMemberCount = (context: RequestContext, teamId: string): Promise<number> =>
  context.loader<string, number>('counts of teams', (ids) => context.reads.teams.memberCounts(ids)).load(teamId);
