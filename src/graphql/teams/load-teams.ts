import type { Page } from '../../domain/page.ts';
import type { TeamRow } from '../../domain/teams/team-reader.ts';
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

/** The team of that stored id, or null. */
export const loadTeam = (context: RequestContext, id: string): Promise<TeamRow | null> =>
  context
    .loader<string, TeamRow | null>('team', async (ids) =>
      inOrder(ids, await context.reads.teams.byIds(ids), (team) => team.id),
    )
    .load(id);

/** A page of the teams that the person of that stored id is in. */
export async function loadTeamsOf(context: RequestContext, userId: string, args: PageArgs) {
  const slice = sliceOf(args, teamOrder);
  const pages = context.loader<string, Page<TeamRow>>(`teams of users ${sliceName(slice)}`, (ids) =>
    pagesWithin(context, (limit) => context.reads.teams.ofUsers(ids, slice, limit)),
  );
  const counts = () =>
    context.loader<string, number>('counts of users', (ids) => context.reads.teams.countsOfUsers(ids)).load(userId);
  return new Connection(await pages.load(userId), slice, teamOrder, counts);
}

/** A page of the members of the team of that stored id, the oldest first. */
export async function loadMembers(context: RequestContext, teamId: string, args: PageArgs, selection: Selection) {
  const slice = sliceOf(args, memberOrder);
  const { list, name } = columnsFor(selection.nodes, context);
  const pages = context.loader<string, Page<UserRow>>(`members ${sliceName(slice)} ${name}`, (ids) =>
    pagesWithin(context, (limit) => context.reads.users.members(ids, slice, list, limit)),
  );
  return new Connection(await pages.load(teamId), slice, memberOrder, () => loadMemberCount(context, teamId));
}

/** How many people the team has. */
export const loadMemberCount = (context: RequestContext, teamId: string): Promise<number> =>
  context.loader<string, number>('counts of teams', (ids) => context.reads.teams.memberCounts(ids)).load(teamId);
