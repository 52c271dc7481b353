import type { Statement } from '../database.ts';

/** The events of requests `r` by person or group; one row without either where there are none. */
const bySubject = `
traced as (
  select coalesce(e.object_id, e.subject_id) as id, e.seq,
    case when e.object_id is null then e.subject_kind else 'usr' end as kind
  from requests r
  cross join lateral unnest(r.transactions) as t(xact)
  join events e on e.tenant_id = $1 and e.xact = t.xact and e.request_id = r.request_id
    and (e.subject_kind in ('usr', 'grp') or e.object_id is not null)
)
select t.kind, t.id, t.seqs from found
left join (
  select kind, id, array_agg(seq::text order by seq) as seqs from traced group by kind, id
) t on true order by t.seqs[1]::bigint`;

/** $2 the request. A tenant has few directories, and the primary key is led by them. */
export const traceOfRequest: Statement = {
  name: 'trace-of-request',
  text: `
with requests as (
  select r.request_id, r.transactions from directories d
  join scim_requests r on r.tenant_id = d.tenant_id and r.directory_id = d.id
  where d.tenant_id = $1 and r.id = $2::uuid
), found as (select 1 from requests), ${bySubject}`,
};

/** The first id that a row of the log made at that moment can have (RFC 9562 §5.7). */
const idAt = (moment: string): string =>
  `(lpad(to_hex((extract(epoch from ${moment}) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid`;

/** $2 the run: the requests of its directory between its first and its last. A row is made soon after its request. */
export const traceOfRun: Statement = {
  name: 'trace-of-run',
  text: `
with found as materialized (
  select directory_id, started_at, last_at from sync_runs where tenant_id = $1 and id = $2::uuid
), requests as (
  select r.request_id, r.transactions from found f
  join scim_requests r on r.tenant_id = $1 and r.directory_id = f.directory_id and r.id >= ${idAt('f.started_at')}
    and r.id < ${idAt(`(f.last_at + interval '10 minutes')`)} and r.at between f.started_at and f.last_at
), ${bySubject}`,
};
