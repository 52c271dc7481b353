import type { Statement } from '../database.ts';

const columns = `
directory_id as "directoryId", shadow_id as "shadowId", phase, state_before as "stateBefore", started_at as "startedAt",
opened_xact::text as "openedXact"`;

/** The columns of a rehearsal. */
export const rehearsalColumns = columns;

export const lockRehearsal: Statement = {
  name: 'lock-rehearsal',
  text: `select ${columns} from rehearsals where tenant_id = $1 and directory_id = $2 for update`,
};

/** Nobody's values follow from it, so nobody has to be computed anew. */
export const raiseUnchanged: Statement = {
  name: 'raise-policy-unchanged',
  text: `
update tenants set policy_version = policy_version + 1, applied_policy_version =
  case when applied_policy_version = policy_version then policy_version + 1 else applied_policy_version end
where id = $1 and policy_version = $2 returning 1 as one`,
};

export const insertRehearsal: Statement = {
  name: 'insert-rehearsal',
  text: `
insert into rehearsals (tenant_id, directory_id, shadow_id, phase, state_before, started_by, started_at)
values ($1, $2, $3, $4, $5, $6, $7)`,
};

/** $3: what the state has to be; null: anything. */
export const setState: Statement = {
  name: 'set-directory-state',
  text: `update directories set state = $3 where tenant_id = $1 and id = $2 and state <> 'DISCONNECTED' returning 1 as one`,
};

const locks = `
from pg_locks where mode in ('RowExclusiveLock', 'RowShareLock') and granted and pid <> pg_backend_pid()
  and relation in ('users'::regclass, 'directory_groups'::regclass, 'group_members'::regclass)
  and database = (select oid from pg_database where datname = current_database())`;

/** The transactions that are writing people or groups, or that keep a group to write it. As `writers` of people alone. */
export const writers: Statement = {
  name: 'rehearsal-writers',
  text: `select coalesce(array_agg(distinct virtualtransaction), '{}') as running ${locks}`,
};

export const writersLeft: Statement = {
  name: 'rehearsal-writers-left',
  text: `select coalesce(array_agg(distinct virtualtransaction), '{}') as running ${locks} and virtualtransaction = any($1)`,
};

export const renew: Statement = {
  name: 'renew-shadow',
  text: `
update rehearsals set shadow_id = $3 where tenant_id = $1 and directory_id = $2 and phase = 'COPYING' returning 1 as one`,
};

/** Whatever the shadow does comes after this transaction. */
export const open: Statement = {
  name: 'open-shadow',
  text: `
update rehearsals set phase = 'OPEN', opened_xact = pg_current_xact_id()::text::bigint
where tenant_id = $1 and directory_id = $2 and shadow_id = $3 and phase = 'COPYING' returning 1 as one`,
};

export const accept: Statement = {
  name: 'accept-rehearsal',
  text: `update rehearsals set phase = 'ACCEPTING' where tenant_id = $1 and directory_id = $2`,
};

export const end: Statement = {
  name: 'end-rehearsal',
  text: 'delete from rehearsals where tenant_id = $1 and directory_id = $2 and shadow_id = $3 returning 1 as one',
};

/** $1 the shadow, $2 the first transaction that is its own, $3 kind, $4 after, $5 limit. */
export const touchedPeople: Statement = {
  name: 'touched-people',
  text: `
select distinct subject_id as id from events
where tenant_id = $1 and xact >= $2::bigint and subject_kind = 'usr' and subject_id > $3::uuid order by 1 limit $4`,
};

/** As `touchedPeople`; that people joined or left is told of the team, where there is one. */
export const touchedGroups: Statement = {
  name: 'touched-groups',
  text: `
select distinct o.id from (
  select e.subject_id as id from events e where e.tenant_id = $1 and e.xact >= $2::bigint and e.subject_kind = 'grp'
  union all
  select g.id from events e join directory_groups g on g.tenant_id = $1 and g.team_id = e.subject_id
  where e.tenant_id = $1 and e.xact >= $2::bigint and e.subject_kind = 'team') o
where o.id > $3::uuid order by 1 limit $4`,
};

/** $1 tenant, $2 directory, $3 people. */
export const readPeople: Statement = {
  name: 'read-rehearsed-people',
  text: `
select u.id, s.user_name as "userName", s.external_id as "externalId", s.active, s.resource, s.asserted
from user_sources s join users u on u.tenant_id = $1 and u.id = s.user_id and u.status <> 'DELETED'
where s.tenant_id = $1 and s.user_id = any($3::uuid[]) and s.source_id = $2 and s.ended_at is null`,
};

/** $1 tenant, $2 directory, $3 groups: with whom the directory still holds. */
export const readGroups: Statement = {
  name: 'read-rehearsed-groups',
  text: `
select g.id, g.external_id as "externalId", g.display_name as "displayName", g.resource, array(
  select m.user_id from group_members m
  join user_sources s on s.tenant_id = $1 and s.user_id = m.user_id and s.source_id = $2 and s.ended_at is null
  where m.tenant_id = $1 and m.group_id = g.id order by 1) as members
from directory_groups g where g.tenant_id = $1 and g.directory_id = $2 and g.id = any($3::uuid[])`,
};

export const listShadows: Statement = {
  name: 'list-shadows',
  text: `select shadow_id as id from rehearsals where tenant_id = $1 and phase <> 'COPYING'`,
};

/** $1 tenant, $2 person. */
export const wasErased: Statement = {
  name: 'was-erased',
  text: `select 1 from events where tenant_id = $1 and subject_kind = 'usr' and subject_id = $2 and name = 'user.erased'`,
};
