import type { Statement } from '../database.ts';
import { eventColumns, ownTransaction } from '../events/event-statement.ts';
import { byAppRole, byGroup } from './holding.ts';

/** How many people one statement writes: their rows are locked for as long as it takes. */
const BATCH = 2000;

/** A stakeholder takes no seat, and a member one; where seats are limited, it is asked for afterwards. */
const seated = `case when w.after = 'STAKEHOLDER' then false
    when u.activated_at is not null and (select t.seat_limit is null from tenants t where t.id = $1) then true
    else u.seated end`;

/**
 * Sets the kind of people by the rules, each with an event: $2 people, null for everyone, $3 at, $4 actor, $5 request,
 * $6 cause. `left`: how many of the people it looked at were to be changed; whom another write was faster with is found
 * again by the next run.
 */
export const settleKinds: Statement = {
  name: 'settle-kinds',
  text: `
with held as (
  select h.user_id, r.position, r.kind from role_rules r ${byAppRole}
  where r.tenant_id = $1 and r.kind is not null and ($2::uuid[] is null or h.user_id = any($2::uuid[]))
  union all
  select m.user_id, r.position, r.kind from role_rules r ${byGroup}
  where r.tenant_id = $1 and r.kind is not null and ($2::uuid[] is null or m.user_id = any($2::uuid[]))
), ruled as (
  select user_id, (array_agg(kind order by position))[1] as kind from held group by user_id
), wanted as (
  select u.id, u.version, u.kind as before, r.kind as after, true as by_rule
  from ruled r cross join lateral (
    select p.id, p.version, p.kind, p.status from users p where p.tenant_id = $1 and p.id = r.user_id offset 0
  ) u
  where u.status <> 'DELETED' and u.kind <> r.kind
  union all
  select u.id, u.version, u.kind, 'MEMBER', false from users u
  where u.tenant_id = $1 and u.kind_by_rule and u.status <> 'DELETED' and u.kind <> 'MEMBER'
    and ($2::uuid[] is null or u.id = any($2::uuid[])) and u.id not in (select user_id from ruled)
  limit ${BATCH}
), written as (
  update users u set kind = w.after, kind_by_rule = w.by_rule, seated = ${seated}, version = u.version + 1, updated_at = $3::timestamptz
  from wanted w where u.tenant_id = $1 and u.id = w.id and u.version = w.version
  returning u.id
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')})
  select $1, $3::timestamptz, 'user.updated', $4::text, $5::text, 'usr', w.id, null,
    jsonb_build_array(jsonb_build_object('key', 'kind', 'from', w.before, 'to', w.after, 'source', null)), $6::text, null
  from wanted w join written x on x.id = w.id order by w.id
)
select (select count(*)::int from wanted) as left, (select ${ownTransaction.replace(' as "loggedIn"', '')} where exists (select 1 from written)) as "loggedIn"`,
};
