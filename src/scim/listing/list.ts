import type { Condition } from '../../domain/condition.ts';
import type { RecordKind, RecordPage, RecordQuery } from '../../domain/directories/record-reader.ts';
import type { JsonObject } from '../../domain/json.ts';
import { directoryOf, type Exchange, tablesOf } from '../exchange.ts';
import { listedScope } from '../filter/listed-scope.ts';
import { parseFilter } from '../filter/parse.ts';
import { anyScope, resourceScope } from '../filter/scope.ts';
import { settle } from '../filter/settle.ts';
import type { ScimParts } from '../parts.ts';
import { parseProjection, wants } from '../resource/projection.ts';
import type { Tables } from '../schema/resolve.ts';
import { type Binding, readCursor, writeCursor } from './cursor.ts';
import { listResponse, type Position } from './list-response.ts';
import { type Paging, pagingOf } from './paging.ts';
import type { SearchRequest } from './search-request.ts';
import { show, type Wanted } from './show.ts';
import { sortOf } from './sort.ts';

/** A list as it was asked for: the ListResponse of the resources of these kinds (RFC 7644 §3.4.2). */
export type List = (exchange: Exchange, kinds: readonly RecordKind[], request: SearchRequest) => Promise<JsonObject>;

/** Lists of what a directory holds, of one kind or of all together. */
export function lister({ hub, records, baseUrl }: ScimParts & { baseUrl: string }): List {
  return async (exchange, allKinds, request) => {
    const own = directoryOf(exchange);
    const tables = await tablesOf(hub, exchange);
    const kinds = tables.hasGroups ? allKinds : allKinds.filter((kind) => kind !== 'Group');
    const wanted = wantedOf(kinds, request, tables);
    const binding = bindingOf(own, kinds, request);
    const paging = pagingOf(request, (cursor) => readCursor(hub.seal, binding, cursor, Date.now()));
    const query: RecordQuery = {
      where: conditionsOf(kinds, request.filter, baseUrl, tables),
      sort: sortOf(kinds, request, tables),
      start: paging.start,
      limit: paging.count,
      // A walk by cursor counts once, at its start: the total goes along in the cursor.
      counted: !paging.cursor,
      // The version in `meta` covers the groups.
      withGroups: tables.hasGroups && (wants(wanted.User, 'groups') || wants(wanted.User, 'meta')),
    };
    const page = await records.list(...own, query);
    const total = page.total ?? paging.cursor?.total ?? 0;
    const write = (side: 'after' | 'before', place: readonly string[]) =>
      writeCursor(hub.seal, binding, { side, place, count: paging.count, total }, Date.now());
    return listResponse(
      total,
      positionOf(paging, page, write),
      await show(records, exchange, page.rows, wanted, baseUrl),
    );
  };
}

function wantedOf(
  kinds: readonly RecordKind[],
  { attributes, excludedAttributes }: SearchRequest,
  tables: Tables,
): Wanted {
  const wanted: Wanted = { User: null, Group: null };
  for (const kind of kinds) wanted[kind] = parseProjection(kind, attributes, excludedAttributes, tables);
  return wanted;
}

/** What each kind is asked. Of several kinds at once, what one of them has and another has not matches nothing there. */
function conditionsOf(
  kinds: readonly RecordKind[],
  filter: string | undefined,
  baseUrl: string,
  tables: Tables,
): RecordQuery['where'] {
  const where: Partial<Record<RecordKind, Condition | null>> = {};
  for (const kind of kinds) {
    const scope = listedScope(
      kinds.length > 1 ? anyScope(kind, tables) : resourceScope(kind, tables),
      tables[kind].filterable,
    );
    where[kind] = filter === undefined ? null : settle(parseFilter(kind, filter, scope), kind, baseUrl);
  }
  return where;
}

const bindingOf = (own: readonly string[], kinds: readonly RecordKind[], request: SearchRequest): Binding => {
  const { filter = null, sortBy = '', sortOrder = '' } = request;
  const isDescending = sortOrder.trim().toLowerCase() === 'descending';
  return [...own, kinds.join(), filter, sortBy.trim().toLowerCase(), isDescending];
};

/** The index of the page, or the cursors of the pages beside it, of which the first and the last lack one. */
function positionOf(
  { start, count, cursor }: Paging,
  { places, more }: RecordPage,
  write: (side: 'after' | 'before', place: readonly string[]) => string,
): Position {
  if ('offset' in start) return { startIndex: start.offset + 1 };
  const [first, last] = [places[0], places.at(-1)];
  if (count === 0 || !first || !last) return {};
  const isBackwards = cursor?.side === 'before';
  return {
    ...((isBackwards ? more : cursor) && { previousCursor: write('before', first) }),
    ...((isBackwards || more) && { nextCursor: write('after', last) }),
  };
}
