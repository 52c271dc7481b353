import type { LoggedRequest } from '../../domain/requests/request-log.ts';
import type { Statement } from '../database.ts';

const types = {
  id: 'uuid',
  directory_id: 'uuid',
  at: 'timestamptz',
  request_id: 'text',
  method: 'text',
  path: 'text',
  status: 'int',
  duration_ms: 'float8',
  subject_kind: 'text',
  subject_id: 'uuid',
  request_body: 'text',
  response_body: 'text',
  scim_type: 'text',
  transactions: 'bigint[]',
  rehearsed_in: 'uuid',
} as const;

const columns = Object.keys(types) as (keyof typeof types)[];

/** $1 tenant, $2 the rows as JSON, which costs least to write; returns the ids of those that were not there. */
export const insertRequests: Statement = {
  name: 'insert-scim-requests',
  text: `
insert into scim_requests (tenant_id, ${columns.join(', ')})
select $1, r.* from json_to_recordset($2::json) as r(${columns.map((column) => `${column} ${types[column]}`).join(', ')})
on conflict do nothing
returning id`,
};

/** The rows of `insertRequests`. */
export const requestRows = (rows: readonly LoggedRequest[]): string => JSON.stringify(rows.map(columnsOf));

const columnsOf = (row: LoggedRequest): Record<keyof typeof types, unknown> => ({
  id: row.id,
  directory_id: row.directoryId,
  at: row.at,
  request_id: row.requestId,
  method: row.method,
  path: row.path,
  status: row.status,
  duration_ms: row.durationMs,
  subject_kind: row.subject?.kind ?? null,
  subject_id: row.subject?.id ?? null,
  request_body: row.requestBody,
  response_body: row.responseBody,
  scim_type: row.scimType,
  transactions: row.done.filter((transaction) => transaction !== null),
  rehearsed_in: row.rehearsedIn,
});

/**
 * What came of each transaction, by its events: one outcome for each command. $2: the transactions. The order is that of
 * the primary key, which is so read no further than the limit, whatever the planner thinks of the table.
 */
export const outcomesOf: Statement = {
  name: 'outcomes-of-transactions',
  text: `
select t.xact::text as transaction, o.outcome, o.refusal from unnest($2::bigint[]) as t(xact)
cross join lateral (
  select case
    when bool_or(e.name = 'request.refused') then 'failed'
    when bool_or(e.name in ('user.adopted', 'user.linked')) then 'adopted'
    when bool_or(e.name like '%.created') then 'created'
    when bool_or(e.name like '%.deleted' or e.name like '%.deletion.held' or e.name = 'user.unlinked') then 'deleted'
    when bool_or(e.name like 'user.%' and e.changes @> '[{"key": "status", "to": "DEACTIVATED"}]') then 'deactivated'
    else 'updated' end as outcome,
    (array_agg(e.changes) filter (where e.name = 'request.refused'))[1] as refusal
  from (
    select e.name, e.changes from events e where e.tenant_id = $1 and e.xact = t.xact order by e.seq limit 100) e
) o`,
};

/** Removes the oldest of each directory's rows before $2; where another hub is at it, nothing. */
export const forgetRequests: Statement = {
  name: 'forget-scim-requests',
  text: `
with turn as materialized (select pg_try_advisory_xact_lock(hashtextextended('forget requests ' || $1, 0)) as mine)
delete from scim_requests r using (
  select o.directory_id, o.id from directories d cross join lateral (
    select * from scim_requests s where s.tenant_id = $1::uuid and s.directory_id = d.id and s.id < $2::uuid
    order by s.id limit 1000
  ) o where d.tenant_id = $1::uuid and (select mine from turn)
) o where r.tenant_id = $1::uuid and r.directory_id = o.directory_id and r.id = o.id
returning 1 as one`,
};
