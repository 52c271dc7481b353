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
  transactions: 'text',
} as const;

const columns = Object.keys(types) as (keyof typeof types)[];

/** $1 tenant, then a list for each column; returns the ids of those that were not there. */
export const insertRequests: Statement = {
  name: 'insert-scim-requests',
  text: `
insert into scim_requests (tenant_id, ${columns.join(', ')})
select $1, ${columns.map((column) => (column === 'transactions' ? 'transactions::bigint[]' : column)).join(', ')}
from unnest(${columns.map((column, index) => `$${index + 2}::${types[column]}[]`).join(', ')}) as r(${columns.join(', ')})
on conflict do nothing
returning id`,
};

/** The values of `insertRequests` after the tenant. */
export const requestValues = (rows: readonly LoggedRequest[]): unknown[] => [
  rows.map((row) => row.id),
  rows.map((row) => row.directoryId),
  rows.map((row) => row.at),
  rows.map((row) => row.requestId),
  rows.map((row) => row.method),
  rows.map((row) => row.path),
  rows.map((row) => row.status),
  rows.map((row) => row.durationMs),
  rows.map((row) => row.subject?.kind ?? null),
  rows.map((row) => row.subject?.id ?? null),
  rows.map((row) => row.requestBody),
  rows.map((row) => row.responseBody),
  rows.map((row) => row.scimType),
  rows.map((row) => `{${row.done.filter((transaction) => transaction !== null).join(',')}}`),
];

/** What came of each transaction, by its events: one outcome for each command. $2: the transactions. */
export const outcomesOf: Statement = {
  name: 'outcomes-of-transactions',
  text: `
select e.xact::text as transaction, case
  when bool_or(e.name = 'request.refused') then 'failed'
  when bool_or(e.name like '%.created') then 'created'
  when bool_or(e.name like '%.deleted' or e.name = 'user.unlinked') then 'deleted'
  when bool_or(e.name like 'user.%' and e.changes @> '[{"key": "status", "to": "DEACTIVATED"}]') then 'deactivated'
  else 'updated' end as outcome
from events e where e.tenant_id = $1 and e.xact = any($2::bigint[]) group by e.xact`,
};

/** Removes the oldest of one tenant's rows before $2; where another hub is at it, nothing. */
export const forgetRequests: Statement = {
  name: 'forget-scim-requests',
  text: `
with turn as materialized (select pg_try_advisory_xact_lock(hashtextextended('forget requests ' || $1, 0)) as mine)
delete from scim_requests r where r.tenant_id = $1::uuid and (select mine from turn) and r.id in (
  select o.id from scim_requests o where o.tenant_id = $1::uuid and o.id < $2::uuid order by o.id limit 1000)
returning 1 as one`,
};
