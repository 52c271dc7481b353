import type { FederationRow, GroupRow, TokenRow } from '../../domain/directories/directory-reader.ts';
import type { Directory } from '../../domain/directories/directory-store.ts';
import type { Page } from '../../domain/page.ts';
import { Connection } from '../page/connection.ts';
import { type ListOrder, sliceOf } from '../page/cursor.ts';
import { inOrder, pagesWithin, sliceName } from '../page/many.ts';
import type { PageArgs } from '../page/page-args.ts';
import type { RequestContext } from '../request-context.ts';
import type { Selection } from '../selection.ts';

const groupOrder: ListOrder = { name: 'groups', parts: ['text', 'id'] };

/** The directory of that stored id, or null. */
export const loadDirectory = (context: RequestContext, id: string): Promise<Directory | null> =>
  context
    .loader<string, Directory | null>('directory', async (ids) =>
      inOrder(ids, await context.reads.directories.byIds(ids), (directory) => directory.id),
    )
    .load(id);

/** The token of that stored id, or null. */
export const loadToken = (context: RequestContext, id: string): Promise<TokenRow | null> =>
  context
    .loader<string, TokenRow | null>('token', async (ids) =>
      inOrder(ids, await context.reads.directories.tokensByIds(ids, 'TOKEN'), (token) => token.id),
    )
    .load(id);

/** The client secret of that stored id, or null. */
export const loadClientSecret = (context: RequestContext, id: string): Promise<TokenRow | null> =>
  context
    .loader<string, TokenRow | null>('client secret', async (ids) =>
      inOrder(ids, await context.reads.directories.tokensByIds(ids, 'CLIENT_SECRET'), (secret) => secret.id),
    )
    .load(id);

/** The tokens of that directory, the newest first. */
export const loadTokens = (context: RequestContext, directoryId: string): Promise<TokenRow[]> =>
  context
    .loader<string, TokenRow[]>('tokens', async (ids) =>
      grouped(ids, await context.reads.directories.tokens(ids, 'TOKEN'), (token) => token.directoryId),
    )
    .load(directoryId);

/** The client secrets of that directory, the newest first. */
export const loadClientSecrets = (context: RequestContext, directoryId: string): Promise<TokenRow[]> =>
  context
    .loader<string, TokenRow[]>('client secrets', async (ids) =>
      grouped(ids, await context.reads.directories.tokens(ids, 'CLIENT_SECRET'), (secret) => secret.directoryId),
    )
    .load(directoryId);

/** The trust of that directory, or null. */
export const loadFederation = (context: RequestContext, directoryId: string): Promise<FederationRow | null> =>
  context
    .loader<string, FederationRow | null>('federation', async (ids) =>
      inOrder(ids, await context.reads.directories.federations(ids), (federation) => federation.directoryId),
    )
    .load(directoryId);

/** The group of that stored id, or null. */
export const loadGroup = (context: RequestContext, id: string): Promise<GroupRow | null> =>
  context
    .loader<string, GroupRow | null>('group', async (ids) =>
      inOrder(ids, await context.reads.groups.byIds(ids), (group) => group.id),
    )
    .load(id);

/** Groups that put people into that team. */
export const loadGroupsOfTeam = (context: RequestContext, teamId: string): Promise<GroupRow[]> =>
  context
    .loader<string, GroupRow[]>('groups of teams', async (ids) =>
      grouped(ids, await context.reads.groups.ofTeams(ids), (group) => group.teamId!),
    )
    .load(teamId);

/** How many people that group has. */
export const loadGroupMemberCount = (context: RequestContext, groupId: string): Promise<number> =>
  context.loader<string, number>('counts of groups', (ids) => context.reads.groups.memberCounts(ids)).load(groupId);

/** A page of the groups of that directory. */
export async function loadGroupsOf(context: RequestContext, directoryId: string, args: PageArgs, selection: Selection) {
  const slice = sliceOf(args, groupOrder, selection);
  const pages = context.loader<string, Page<GroupRow>>(`groups ${sliceName(slice)}`, (ids) =>
    pagesWithin(context, (limit) => context.reads.groups.ofDirectories(ids, slice, limit)),
  );
  const counts = () =>
    context
      .loader<string, number>('counts of directories', (ids) => context.reads.groups.countsOfDirectories(ids))
      .load(directoryId);
  return new Connection(await pages.load(directoryId), slice, groupOrder, counts);
}

function grouped<Row>(ids: readonly string[], rows: readonly Row[], ownerOf: (row: Row) => string): Row[][] {
  const lists = new Map(ids.map((id) => [id, [] as Row[]]));
  for (const row of rows) lists.get(ownerOf(row))!.push(row);
  return ids.map((id) => lists.get(id)!);
}
