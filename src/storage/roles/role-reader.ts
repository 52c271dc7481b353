import type { Role, RoleRule } from '../../domain/roles/role.ts';
import type { AppRoleRow, GrantRow, RoleReader } from '../../domain/roles/role-reader.ts';
import type { Database, Statement } from '../database.ts';
import { byGroup } from './holding.ts';
import { listRoleRules } from './role-statements.ts';

const listRoles: Statement = {
  name: 'list-roles',
  text: 'select id, key, name, description from roles where tenant_id = $1 order by lower(key)',
};

const rules: Statement = {
  name: 'list-role-rules',
  text: `select (${listRoleRules}) as rules from tenants t where t.id = $1`,
};

/** $2 people; one row for each way in which they hold a role. */
const listGrants: Statement = {
  name: 'list-role-grants',
  text: `
with ways as (
  select x.user_id, x.role_id, 'DIRECT' as via, x.actor, x.at, null::uuid as group_id, null as value, null::uuid as directory_id
  from role_grants x where x.tenant_id = $1 and x.user_id = any($2::uuid[])
  union all
  select distinct m.user_id, r.role_id, 'GROUP', null, null::timestamptz, r.group_id, null, null::uuid
  from role_rules r ${byGroup}
  where r.tenant_id = $1 and m.user_id = any($2::uuid[])
  union all
  select distinct h.user_id, r.role_id, 'APP_ROLE', null, null::timestamptz, null::uuid, h.value, s.directory_id
  from app_role_holders h
  join role_rules r on r.tenant_id = $1 and r.app_role = h.value
  join user_sources s on s.tenant_id = $1 and s.user_id = h.user_id and s.source_id = h.source_id and s.ended_at is null
  join directories d on d.tenant_id = $1 and d.id = s.directory_id and d.state <> 'DISCONNECTED'
  where h.tenant_id = $1 and h.user_id = any($2::uuid[])
)
select w.user_id as "userId", json_build_object('id', o.id, 'key', o.key, 'name', o.name, 'description', o.description) as role,
  w.via, w.actor, w.at, w.group_id as "groupId", w.value, w.directory_id as "directoryId"
from ways w join roles o on o.tenant_id = $1 and o.id = w.role_id
order by lower(o.key), w.via desc, w.value, w.group_id, w.directory_id`,
};

const listAppRoles: Statement = {
  name: 'list-app-roles',
  text: `
select h.user_id as "userId", h.value, s.directory_id as "directoryId", d.state <> 'DISCONNECTED' as connected
from app_role_holders h
join user_sources s on s.tenant_id = $1 and s.user_id = h.user_id and s.source_id = h.source_id and s.ended_at is null
join directories d on d.tenant_id = $1 and d.id = s.directory_id
where h.tenant_id = $1 and h.user_id = any($2::uuid[]) order by h.value, s.directory_id`,
};

const listDirect: Statement = {
  name: 'list-direct-roles',
  text: `
select x.user_id as "userId", o.key from role_grants x join roles o on o.tenant_id = $1 and o.id = x.role_id
where x.tenant_id = $1 and x.user_id = any($2::uuid[])`,
};

/** Roles as rooms read them; what rules give is looked up and kept nowhere. */
export const roleReader = (database: Database): RoleReader => ({
  list: (tenantId) => database.session(tenantId, (session) => session.run<Role>(listRoles, [tenantId])),
  rules: (tenantId) =>
    database.session(tenantId, async (session) => {
      const [row] = await session.run<{ rules: RoleRule[] }>(rules, [tenantId]);
      return row!.rules;
    }),
  grants: (tenantId, userIds) =>
    database.session(tenantId, (session) => session.run<GrantRow>(listGrants, [tenantId, userIds])),
  appRoles: (tenantId, userIds) =>
    database.session(tenantId, (session) => session.run<AppRoleRow>(listAppRoles, [tenantId, userIds])),
  direct: (tenantId, userIds) =>
    database.session(tenantId, (session) =>
      session.run<{ userId: string; key: string }>(listDirect, [tenantId, userIds]),
    ),
});
