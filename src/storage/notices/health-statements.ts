import { LATE_MS, LONGEST_PAUSE_MS } from '../../domain/requests/sync-run.ts';
import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';
import { runColumns } from '../requests/sync-run-statements.ts';

/** Runs of a directory among which the newest with any outcome is looked for. */
const RUNS_BACK = 100;

/** How directories `d` fare; each part goes along an index and reads a bounded number of rows. */
const healthOf = `
select d.id as "directoryId", d.name, d.state, now() as now, l.last_at as "ranAt", h.tested_at as "testedAt",
  h.refused_at as "refusedAt", h.refused_for as "refusedFor", coalesce(w.requests, 0) as requests,
  coalesce(w.reasons, '[]') as reasons, f.failure as "lastFailure"
from directories d
left join directory_health h on h.tenant_id = d.tenant_id and h.directory_id = d.id
left join lateral (
  select r.last_at from sync_runs r where r.tenant_id = d.tenant_id and r.directory_id = d.id order by r.id desc limit 1
) l on true
left join lateral (
  select n.requests, n.reasons from (
    select * from sync_runs r where r.tenant_id = d.tenant_id and r.directory_id = d.id order by r.id desc
    limit ${RUNS_BACK}) n
  where n.last_at > now() - interval '24 hours'
    and n.created + n.updated + n.adopted + n.deactivated + n.deleted + n.skipped + n.failed > 0
  order by n.id desc limit 1
) w on true
left join lateral (
  select json_build_object('at', to_char(r.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'status', r.status,
    'method', r.method, 'path', r.path, 'scimType', r.scim_type, 'attribute', (
      select (select string_agg(a.name, '.') from jsonb_array_elements_text(c.value -> 'to') as a(name))
      from events e, jsonb_array_elements(e.changes) as c(value)
      where e.tenant_id = r.tenant_id and e.xact = any(r.transactions) and e.name = 'request.refused'
        and c.value ->> 'key' = 'path' and jsonb_typeof(c.value -> 'to') = 'array' limit 1)) as failure
  from scim_requests r where r.tenant_id = d.tenant_id and r.directory_id = d.id and r.status >= 400
  order by r.id desc limit 1
) f on true`;

export const healthOfDirectories: Statement = {
  name: 'health-of-directories',
  text: `${healthOf} where d.tenant_id = $1 and d.id = any($2::uuid[])`,
};

/** Locks the row of a directory that is due. */
export const takeDirectory: Statement = {
  name: 'take-directory',
  text: `
select 1 as one from directory_health where tenant_id = $1 and directory_id = $2 and look_at <= now() for update`,
};

export const dueDirectories: Statement = {
  name: 'due-directories',
  text: `
select h.tenant_id as "tenantId", h.directory_id as "directoryId" from directory_health h
where h.look_at <= now() order by h.look_at limit $1`,
};

/** After requests: $3 when the connection was tested, if it was. A look soon, and not one for each batch. */
export const watchNext: Statement = {
  name: 'watch-next',
  text: `
insert into directory_health as h (tenant_id, directory_id, tested_at, look_at)
values ($1, $2, $3, now() + interval '5 seconds')
on conflict (tenant_id, directory_id) do update set
  tested_at = greatest(h.tested_at, excluded.tested_at), look_at = least(h.look_at, excluded.look_at)`,
};

/** $3 why. */
const refused = `
insert into directory_health as h (tenant_id, directory_id, refused_at, refused_for, look_at)
values ($1, $2, now(), $3, now())
on conflict (tenant_id, directory_id) do update set
  refused_at = now(), refused_for = excluded.refused_for, look_at = least(h.look_at, now())`;

export const refuseDirectory: Statement = { name: 'refuse-directory', text: refused };

export const refuseDirectoryLoudly: Statement = {
  name: 'refuse-directory-loudly',
  text: `
with written as (${refused})
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(4)}) returning ${ownTransaction}`,
};

const ended = `
r.tenant_id = $1 and r.directory_id = $2 and r.completed_at is null`;
const whole = `r.last_at + interval '${LONGEST_PAUSE_MS + LATE_MS} ms'`;

export const endedRuns: Statement = {
  name: 'ended-sync-runs',
  text: `
select ${runColumns}, r.last_at as "endedAt" from sync_runs r where ${ended} and ${whole} <= now() order by r.id limit 20`,
};

export const nextEnd: Statement = {
  name: 'next-end-of-sync-run',
  text: `select min(${whole}) as at from sync_runs r where ${ended}`,
};

export const completeRun: Statement = {
  name: 'complete-sync-run',
  text: `
with written as (
  update sync_runs set completed_at = now() where tenant_id = $1 and id = $2 and completed_at is null returning 1
)
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(3)} from written
returning ${ownTransaction}`,
};

/** Of each kind the secret that ends last; one without an end speaks for all of its kind. */
export const expiringSecrets: Statement = {
  name: 'expiring-secrets',
  text: `
select * from (
  select distinct on (kind) id, key_id as "keyId", kind, expires_at as "expiresAt" from credentials
  where tenant_id = $1 and directory_id = $2 and kind in ('TOKEN', 'CLIENT_SECRET') and revoked_at is null
  order by kind, expires_at desc nulls first
) last where last."expiresAt" is not null`,
};

export const lookAgain: Statement = {
  name: 'look-again',
  text: 'update directory_health set look_at = $3 where tenant_id = $1 and directory_id = $2',
};

/** How many of the people in no group are named. */
const SAMPLES = 10;

export const coverageOfDirectories: Statement = {
  name: 'coverage-of-directories',
  text: `
select d.id as "directoryId", c.users::int as users, c."inNoGroup"::int as "inNoGroup", c.sample
from unnest($2::uuid[]) as d(id) cross join lateral (
  select count(*) as users, count(*) filter (where not covered) as "inNoGroup",
    coalesce((array_agg(user_id order by user_id desc) filter (where not covered))[1:${SAMPLES}], '{}')::text[] as sample
  from (
    select s.user_id, exists (
      select 1 from group_members m join directory_groups g on g.tenant_id = m.tenant_id and g.id = m.group_id
      where m.tenant_id = $1 and m.user_id = s.user_id and g.directory_id = d.id) as covered
    from user_sources s where s.tenant_id = $1 and s.directory_id = d.id and s.ended_at is null
  ) p
) c`,
};
