import type { Statement } from '../database.ts';
import { eventColumns, ownTransaction } from '../events/event-statement.ts';
import { sourcesOfPerson, speaks } from '../users/person-rows.ts';

export const putField: Statement = {
  name: 'put-field',
  text: `
insert into custom_fields (tenant_id, id, key, label, type, scim_path, sensitive, version, pending, updated_at, retired_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (tenant_id, id) do update set label = excluded.label, type = excluded.type, scim_path = excluded.scim_path,
  sensitive = excluded.sensitive, version = excluded.version, pending = custom_fields.pending or excluded.pending,
  updated_at = excluded.updated_at, retired_at = excluded.retired_at`,
};

export const putRule: Statement = {
  name: 'put-rule',
  text: `
insert into field_rules (tenant_id, field, source_of_truth, editable_by, directories, version, updated_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (tenant_id, field) do update set source_of_truth = excluded.source_of_truth,
  editable_by = excluded.editable_by, directories = excluded.directories, version = excluded.version,
  updated_at = excluded.updated_at`,
};

export const listPending: Statement = {
  name: 'list-pending-fields',
  text: 'select id from custom_fields where tenant_id = $1 and pending and retired_at is null order by id',
};

export const markFilled: Statement = {
  name: 'mark-filled',
  text: 'update custom_fields set pending = false where tenant_id = $1 and id = $2 and version = $3',
};

/** Whether the record of the source `s` has the attribute; $4 is its namespace, or null, $5 its name, in lower case. */
const holdsAttribute = `exists (
  select 1 from jsonb_each(s.resource) e
  where case when $4::text is null then lower(e.key) = $5::text
    else lower(e.key) = $4::text and jsonb_typeof(e.value) = 'object' and exists (
      select 1 from jsonb_object_keys(case jsonb_typeof(e.value) when 'object' then e.value else '{}'::jsonb end) k
      where lower(k) = $5::text) end)`;

/**
 * The next people in the order of ids, and those among them of whom a source says, or may say, something of the field:
 * $1 tenant, $2 the last person of the batch before, $3 key, $4 namespace, $5 name, $6 how many. Only these people are
 * looked into, so that a batch costs the same wherever it is.
 */
export const findConcerned: Statement = {
  name: 'find-concerned',
  text: `
with slice as materialized (
  select u.id from users u where u.tenant_id = $1 and u.id > $2 order by u.id limit $6
)
select (select count(*)::int from slice) as examined, (select p.id from slice p order by p.id desc limit 1) as last,
  array(
    select p.id from slice p where exists (
      select 1 from (
        select s.asserted, s.resource from user_sources s
        where s.tenant_id = $1 and s.user_id = p.id and ${speaks('s')} offset 0
      ) s where s.asserted ? $3::text or ($5::text is not null and ${holdsAttribute}))
  ) as ids`,
};

/** Also who is deleted: they may be given back, and what was kept of them must fit then. */
export const lockPeople: Statement = {
  name: 'lock-people',
  text: `
select u.id from users u where u.tenant_id = $1 and u.id = any($2::uuid[]) order by u.id for update of u`,
};

/** Read after the lock, by a statement of its own: the one that waited would see the sources as they were before. */
export const readPeople: Statement = {
  name: 'read-people',
  text: `select u.*, ${sourcesOfPerson} from users u where u.tenant_id = $1 and u.id = any($2::uuid[]) order by u.id`,
};

/**
 * A batch of people in one statement: $1 tenant, $2 policy version, $3 when, $4 who, $5 request; of those who changed
 * $6 ids, $7 versions read, $8 values, $9 changes; of their sources $10 people, $11 ids, $12 assertions, $13 writes; of the
 * index $14 the field, $15 people without a value, $16 people with one, $17 their keys.
 */
export const saveFilled: Statement = {
  name: 'save-filled',
  text: `
with given as (
  select * from unnest($6::uuid[], $7::int[], $8::jsonb[], $9::jsonb[]) as g(id, version, custom, changes)
), written as (
  update users u set version = u.version + 1, custom = g.custom, updated_at = $3::timestamptz
  from given g
  where u.tenant_id = $1 and u.id = g.id and u.version = g.version
    and (select t.policy_version from tenants t where t.id = $1) = $2
  returning u.id
), sources as (
  update user_sources s set asserted = g.asserted, writes = g.writes
  from unnest($10::uuid[], $11::uuid[], $12::jsonb[], $13::jsonb[]) as g(user_id, source_id, asserted, writes)
  where s.tenant_id = $1 and s.user_id = g.user_id and s.source_id = g.source_id
), gone as (
  delete from custom_values c where c.tenant_id = $1 and c.field_id = $14 and c.user_id = any($15::uuid[])
), put as (
  insert into custom_values (tenant_id, user_id, field_id, key)
  select $1, i.id, $14::uuid, i.key from unnest($16::uuid[], $17::text[]) as i(id, key)
  on conflict (tenant_id, user_id, field_id) do update set key = excluded.key where custom_values.key <> excluded.key
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')})
  select $1, $3::timestamptz, 'user.updated', $4::text, $5::text, 'usr', g.id, null, g.changes, null, null from given g
)
select count(*)::int as written, ${ownTransaction} from written`,
};
