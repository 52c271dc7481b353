import { ADMIN, OWNER } from '../../domain/roles/role.ts';
import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';
import { holdersOf } from './holding.ts';

const owner = `(select o.id from roles o where o.tenant_id = $1 and o.key = '${OWNER}')`;

/** Whoever would remove an owner waits here for everyone else who does. */
export const lockOwnerRole: Statement = {
  name: 'lock-owner-role',
  text: `select id from roles where tenant_id = $1 and key = '${OWNER}' for update`,
};

/** $2 a directory whose people do not count, or null. */
export const activeOwners: Statement = {
  name: 'active-owners',
  text: `
select u.id from users u where u.tenant_id = $1 and u.status = 'ACTIVE' and u.id in (${holdersOf(owner)})
  and not exists (
    select 1 from user_sources e
    where e.tenant_id = $1 and e.user_id = u.id and e.source_id = $2::uuid and e.ended_at is null)`,
};

/** $2 person. */
export const isOwner: Statement = {
  name: 'is-owner',
  text: `
select 1 from users u
where u.tenant_id = $1 and u.id = $2 and u.status = 'ACTIVE' and u.id in (${holdersOf(owner)})`,
};

/** $2 person: whether they hold a role of power over the hub, active or not. */
export const isPrivileged: Statement = {
  name: 'is-privileged',
  text: `
select 1 from roles o where o.tenant_id = $1 and o.key in ('${OWNER}', '${ADMIN}') and $2 in (${holdersOf('o.id')})`,
};

/** Gives the role directly, with an event each: $2 people, $3 at, $4 actor, $5 request. */
export const keepOwners: Statement = {
  name: 'keep-owners',
  text: `
with kept as (
  insert into role_grants (tenant_id, user_id, role_id, actor, at)
  select $1, w.id, ${owner}, $4::text, $3::timestamptz from unnest($2::uuid[]) as w(id)
  on conflict do nothing returning user_id
)
insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, changes)
select $1, $3::timestamptz, 'user.role.granted', $4::text, $5::text, 'usr', k.user_id,
  '[{"key": "role", "from": null, "to": "${OWNER}", "attribute": true}]'::jsonb
from kept k`,
};

/** $2 to $11 the event: $3 its name, $7 of whom. */
export const noteKept: Statement = {
  name: 'note-kept-owner',
  text: `
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(2)}
where $3 is distinct from (
  select e.name from events e where e.tenant_id = $1 and e.subject_kind = 'usr' and e.subject_id = $7
  order by e.xact desc, e.seq desc limit 1)
returning ${ownTransaction}`,
};
