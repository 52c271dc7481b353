import type { EventReader, EventRow, RequestTrace } from '../../domain/events/event-reader.ts';
import { demandWithin, type Slice } from '../../domain/page.ts';
import { Fragments } from '../conditions/fragment.ts';
import type { Database, Statement } from '../database.ts';
import { beyond, orderBy, pageOf, pagesOf, placeColumns, type SortKey } from '../pages.ts';
import { askShape } from '../shapes.ts';

/** The columns of an event `e` as rooms read it. */
export const eventSelect = `
e.xact, e.seq, e.at, e.name, e.actor, e.request_id as "requestId", e.subject_kind as "subjectKind",
e.subject_id as "subjectId", e.object_id as "objectId", e.changes, e.cause`;

const inOrder = (descending: boolean): SortKey[] => [
  { sql: 'e.xact', type: 'bigint', descending },
  { sql: 'e.seq', type: 'bigint', descending },
];
const oldestFirst = inOrder(false);
const newestFirst = inOrder(true);

/** $2 and $3: transactions and numbers of events. */
export const eventsByPlaces: Statement = {
  name: 'events-by-places',
  text: `
select ${eventSelect} from unnest($2::bigint[], $3::bigint[]) as w(xact, seq)
join events e on e.tenant_id = $1 and e.xact = w.xact and e.seq = w.seq`,
};

/** The beginning of the primary key is the transaction; the id rules out those of a database that was restored. */
const ofRequests: Statement = {
  name: 'events-of-requests',
  text: `
select o.n::int as n, m.* from unnest($2::text[], $3::text[]) with ordinality as o(request_id, transactions, n)
cross join lateral (
  select ${eventSelect} from events e
  where e.tenant_id = $1 and e.xact = any(o.transactions::bigint[]) and e.request_id = o.request_id
  order by e.xact, e.seq limit $4
) m limit $5`,
};

/** The log as rooms read it. */
export const eventReader = (database: Database): EventReader => ({
  byPlaces: (tenantId, places) =>
    database.session(tenantId, (session) =>
      session.run<EventRow>(eventsByPlaces, [tenantId, places.map(({ xact }) => xact), places.map(({ seq }) => seq)]),
    ),
  list: (tenantId, names, slice) =>
    database.session(tenantId, async (session) => {
      const sql = new Fragments([tenantId]);
      const named = names ? `and e.name = any(${sql.bind(names, 'text[]')})` : '';
      const text = `
select ${eventSelect}${placeColumns(oldestFirst, slice)} from events e
where e.tenant_id = $1 and e.xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  ${named} ${beyond(oldestFirst, slice, sql)}
${orderBy(oldestFirst)} limit ${sql.bind(slice.first + 1, 'int')}`;
      return pageOf(await askShape<EventRow>(session, { text, values: sql.values }), slice, oldestFirst.length);
    }),
  ofUsers: (tenantId, userIds, slice, limit) =>
    database.session(tenantId, async (session) => {
      const sql = new Fragments([tenantId, userIds]);
      const text = historyText(slice, sql, limit);
      const rows = await askShape<EventRow & { n: number }>(session, { text, values: sql.values });
      return pagesOf(rows, userIds.length, slice, newestFirst.length, limit);
    }),
  async ofRequests(tenantId, requests, most, limit) {
    const found = new Map<RequestTrace, EventRow[]>();
    // What was rehearsed is in the log of the shadow, of which the tenant's own row tells.
    for (const [ownerId, own] of Map.groupBy(requests, ({ rehearsedIn }) => rehearsedIn ?? tenantId))
      for (const [request, events] of await eventsOf(database, ownerId, own, most, limit)) found.set(request, events);
    const lists = requests.map((request) => found.get(request) ?? []);
    demandWithin(lists.flat().length, limit);
    return lists;
  },
});

const eventsOf = (
  database: Database,
  ownerId: string,
  requests: readonly RequestTrace[],
  most: number,
  limit: number,
): Promise<[RequestTrace, EventRow[]][]> =>
  database.session(ownerId, async (session) => {
    const ids = requests.map(({ requestId }) => requestId);
    const transactions = requests.map((request) => `{${request.transactions.join(',')}}`);
    const values = [ownerId, ids, transactions, most, limit + 1];
    const rows = await session.run<EventRow & { n: number }>(ofRequests, values);
    demandWithin(rows.length, limit);
    const byRequest = Map.groupBy(rows, ({ n }) => n);
    return requests.map((request, index) => [request, byRequest.get(index + 1) ?? []]);
  });

/** Each side of the union goes along an index of its own and stops after a page. */
function historyText(slice: Slice, sql: Fragments, limit: number): string {
  const after = beyond(newestFirst, slice, sql);
  const most = sql.bind(slice.first + 1, 'int');
  const side = (column: string) => `(
    select e.* from events e where e.tenant_id = $1 and e.${column} = o.id ${after} ${orderBy(newestFirst)} limit ${most})`;
  return `
select o.n::int as n, m.* from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  select ${eventSelect}${placeColumns(newestFirst, slice)} from (${side('subject_id')} union all ${side('object_id')}) e
  ${orderBy(newestFirst)} limit ${most}
) m limit ${sql.bind(limit + 1, 'int')}`;
}
