import type { Slice } from '../../domain/page.ts';
import type {
  RequestBodies,
  RequestBodyReader,
  RequestCondition,
  RequestReader,
  RequestRow,
  SyncRunRow,
} from '../../domain/requests/request-reader.ts';
import { LONGEST_PAUSE_MS } from '../../domain/requests/sync-run.ts';
import { Fragments } from '../conditions/fragment.ts';
import type { Database, Statement } from '../database.ts';
import { beyond, limitOf, orderBy, pagesOf, placeColumns, type SortKey } from '../pages.ts';
import { askShape } from '../shapes.ts';
import { runColumns } from './sync-run-statements.ts';

const columns = `
r.id, r.directory_id as "directoryId", r.at, r.request_id as "requestId", r.method, r.path, r.status,
r.duration_ms as "durationMs", r.subject_kind as "subjectKind", r.subject_id as "subjectId", r.scim_type as "scimType",
r.transactions::text[] as transactions, r.rehearsed_in as "rehearsedIn"`;

const runs = `${runColumns}, case when r.last_at < now() - interval '${LONGEST_PAUSE_MS} ms' then r.last_at end as "endedAt"`;

const newestFirst: SortKey[] = [{ sql: 'r.id', type: 'uuid', descending: true }];

/** A tenant has few directories, and the primary key is led by them. */
const ofAll =
  'directories d join scim_requests r on r.tenant_id = d.tenant_id and r.directory_id = d.id where d.tenant_id = $1';

const byIds: Statement = {
  name: 'scim-requests-by-ids',
  text: `select ${columns} from ${ofAll} and r.id = any($2::uuid[])`,
};

const bodies: Statement = {
  name: 'scim-request-bodies',
  text: `
select r.id, r.request_body as "requestBody", r.response_body as "responseBody"
from ${ofAll} and r.id = any($2::uuid[])`,
};

const runsByIds: Statement = {
  name: 'sync-runs-by-ids',
  text: `select ${runs} from sync_runs r where r.tenant_id = $1 and r.id = any($2::uuid[])`,
};

/** The log as rooms list it. */
export const requestReader = (database: Database): RequestReader => ({
  byIds: (tenantId, ids) => database.session(tenantId, (session) => session.run<RequestRow>(byIds, [tenantId, ids])),
  ofDirectories: (tenantId, directoryIds, where, slice, limit) =>
    database.session(tenantId, async (session) => {
      const sql = new Fragments([tenantId, directoryIds]);
      const text = ofEach('scim_requests', columns, conditionOf(where, sql), slice, sql, limit);
      const rows = await askShape<RequestRow & { n: number }>(session, { text, values: sql.values });
      return pagesOf(rows, directoryIds.length, slice, newestFirst.length, limit);
    }),
  runsByIds: (tenantId, ids) =>
    database.session(tenantId, (session) => session.run<SyncRunRow>(runsByIds, [tenantId, ids])),
  runsOfDirectories: (tenantId, directoryIds, slice, limit) =>
    database.session(tenantId, async (session) => {
      const sql = new Fragments([tenantId, directoryIds]);
      const text = ofEach('sync_runs', runs, '', slice, sql, limit);
      const rows = await askShape<SyncRunRow & { n: number }>(session, { text, values: sql.values });
      return pagesOf(rows, directoryIds.length, slice, newestFirst.length, limit);
    }),
});

/** What the bodies held, for few. */
export const requestBodyReader = (database: Database): RequestBodyReader => ({
  bodies: (tenantId, ids) =>
    database.session(tenantId, (session) => session.run<RequestBodies>(bodies, [tenantId, ids])),
});

/** A page of a table for each directory: its index is read from the place on, newest first, and no further than the page. */
function ofEach(table: string, list: string, where: string, slice: Slice, sql: Fragments, limit: number): string {
  return `
select o.n::int as n, m.* from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  select ${list}${placeColumns(newestFirst, slice)} from ${table} r
  where r.tenant_id = $1 and r.directory_id = o.id ${where} ${beyond(newestFirst, slice, sql)}
  ${orderBy(newestFirst)} ${limitOf(slice)}
) m limit ${sql.bind(limit + 1, 'int')}`;
}

function conditionOf({ failed, subjectId }: RequestCondition, sql: Fragments): string {
  const failure = failed === null ? '' : `and r.status ${failed ? '>=' : '<'} 400`;
  const subject = subjectId === null ? '' : `and r.subject_id = ${sql.bind(subjectId, 'uuid')}`;
  return `${failure} ${subject}`;
}
