import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';

const log = (from: number, written: string) => `
logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(from)} from ${written}
)`;

const roleRule = `jsonb_build_object('id', r.id, 'roleId', r.role_id, 'roleKey', o.key, 'appRole', r.app_role,
  'groupId', r.group_id, 'kind', r.kind)`;

/** The rules of the tenant `t` as one JSON list, in order. */
export const listRoleRules = `select coalesce(jsonb_agg(${roleRule} order by r.position), '[]')
  from role_rules r join roles o on o.tenant_id = r.tenant_id and o.id = r.role_id where r.tenant_id = t.id`;

export const findRole: Statement = {
  name: 'find-role',
  text: 'select id, key, name, description from roles where tenant_id = $1 and id = $2',
};

export const roleByKey: Statement = {
  name: 'role-by-key',
  text: 'select id, key, name, description from roles where tenant_id = $1 and lower(key) = $2',
};

/** A role and its event: $2 id, $3 key, $4 name, $5 description, then the event. */
export const insertRole: Statement = {
  name: 'insert-role',
  text: `
with written as (
  insert into roles (tenant_id, id, key, name, description, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6::timestamptz, $6::timestamptz) returning 1
), ${log(6, 'written')}
select ${ownTransaction} from written`,
};

export const updateRole: Statement = {
  name: 'update-role',
  text: `
with written as (
  update roles set name = $3, description = $4, updated_at = $5::timestamptz where tenant_id = $1 and id = $2 returning 1
), ${log(5, 'written')}
select ${ownTransaction} from written`,
};

/** Keeps rules and grants from naming it until it is gone. */
export const lockRole: Statement = {
  name: 'lock-role',
  text: 'select 1 from roles where tenant_id = $1 and id = $2 for update',
};

export const ruleOfRole: Statement = {
  name: 'rule-of-role',
  text: 'select 1 from role_rules where tenant_id = $1 and role_id = $2 limit 1',
};

/** Takes a role from everyone who was given it: $2 role, then the event without its subject. */
export const revokeAll: Statement = {
  name: 'revoke-role-of-all',
  text: `
with gone as (delete from role_grants where tenant_id = $1 and role_id = $2 returning user_id), raised as (
  update users u set version = u.version + 1, updated_at = $3::timestamptz from gone
  where u.tenant_id = $1 and u.id = gone.user_id
)
insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, changes)
select $1, $3::timestamptz, 'user.role.revoked', $4::text, $5::text, 'usr', g.user_id, $6::jsonb from gone g order by 7`,
};

export const removeRole: Statement = {
  name: 'remove-role',
  text: 'delete from roles where tenant_id = $1 and id = $2',
};

/** $2 person, $3 version read, $4 role, $5 actor, $6 at: nothing where they have it already. */
export const insertGrant: Statement = {
  name: 'insert-role-grant',
  text: `
insert into role_grants (tenant_id, user_id, role_id, actor, at) values ($1, $2, $3, $4, $5)
on conflict do nothing returning 1`,
};

export const deleteGrant: Statement = {
  name: 'delete-role-grant',
  text: 'delete from role_grants where tenant_id = $1 and user_id = $2 and role_id = $3 returning 1',
};

/** Raises the version that was read and writes the event: $2 person, $3 version, then the event. */
export const raisePerson: Statement = {
  name: 'raise-person',
  text: `
with written as (
  update users set version = version + 1, updated_at = $4::timestamptz
  where tenant_id = $1 and id = $2 and version = $3 and status <> 'DELETED' returning 1
), ${log(4, 'written')}
select ${ownTransaction} from written`,
};

/** Whose roles were taken or given is decided under the policy that was read; `$3`: people are to be looked at anew. */
export const raisePolicy: Statement = {
  name: 'raise-policy-for-role-rules',
  text: `
update tenants set policy_version = policy_version + 1,
  applied_policy_version =
    case when applied_policy_version = policy_version and not $3::boolean then policy_version + 1 else applied_policy_version end
where id = $1 and policy_version = $2 returning 1`,
};

/**
 * Waits for changes of the members of these groups, and keeps further ones waiting: they read anew whether a rule names
 * the group. $2: groups that old or new rules name.
 */
export const lockGroups: Statement = {
  name: 'lock-ruled-groups',
  text: `
select id from directory_groups where tenant_id = $1 and (ruled or id = any($2::uuid[])) order by id for update`,
};

export const markGroups: Statement = {
  name: 'mark-ruled-groups',
  text: `
update directory_groups set ruled = id = any($2::uuid[])
where tenant_id = $1 and (ruled or id = any($2::uuid[])) and ruled <> (id = any($2::uuid[]))`,
};

export const clearRules: Statement = { name: 'clear-role-rules', text: 'delete from role_rules where tenant_id = $1' };

export const insertRules: Statement = {
  name: 'insert-role-rules',
  text: `
insert into role_rules (tenant_id, id, position, role_id, app_role, group_id, kind)
select $1, r.id, r.position, r."roleId", r."appRole", r."groupId", r.kind from jsonb_to_recordset($2::jsonb)
  as r(id uuid, position int, "roleId" uuid, "appRole" text, "groupId" uuid, kind text)`,
};

export const unknownGroups: Statement = {
  name: 'unknown-groups',
  text: `
select w.id from unnest($2::uuid[]) as w(id)
where not exists (select 1 from directory_groups g where g.tenant_id = $1 and g.id = w.id)`,
};

export const ruledGroupsOf: Statement = {
  name: 'ruled-groups-of-person',
  text: `
select m.group_id as id from group_members m
join directory_groups g on g.tenant_id = $1 and g.id = m.group_id and g.ruled
join directories d on d.tenant_id = $1 and d.id = g.directory_id and d.state <> 'DISCONNECTED'
where m.tenant_id = $1 and m.user_id = $2`,
};
