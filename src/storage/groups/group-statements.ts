import type { Statement } from '../database.ts';
import { groupVersion } from './group-version.ts';
import { isConnected } from './is-connected.ts';

const select = `
select g.id, g.directory_id, g.external_id, g.display_name, g.resource, g.team_id, g.ruled, g.linked, g.shared,
  t.version as team_version, t.name as team_name, t.description as team_description, t.origin as team_origin
from directory_groups g
left join teams t on t.tenant_id = g.tenant_id and t.id = g.team_id
where g.tenant_id = $1 and g.directory_id = $2 and g.id = $3`;

export const findGroup: Statement = { name: 'find-group', text: select };

/** $1 tenant, $2 group. */
export const readVersion: Statement = {
  name: 'read-group-version',
  text: `select v.version::float8 as version from directory_groups g ${groupVersion} where g.tenant_id = $1 and g.id = $2`,
};

/** Only locks; what is read after it, by a statement of its own, is what stands. None of a disconnected directory. */
export const lockGroup: Statement = {
  name: 'lock-group',
  text: `
select 1 as one from directory_groups
where tenant_id = $1 and directory_id = $2 and id = $3 and ${isConnected} for update`,
};

export const insertGroup: Statement = {
  name: 'insert-group',
  text: `
insert into directory_groups
  (tenant_id, id, directory_id, external_id, display_name, display_name_key, resource, team_id, created_at, updated_at)
select $1, $2::uuid, d.id, $4, $5, $6, $7::jsonb, $8::uuid, $9::timestamptz, $9::timestamptz
from directories d where d.tenant_id = $1 and d.id = $3 and d.state not in ('DISCONNECTED', 'REHEARSAL')
  and (select t.policy_version from tenants t where t.id = $1) = $10
returning 1 as one`,
};

/**
 * Keeps what the directory's groups make from being decided anew while one is made; the first one, which may change it,
 * alone. What is read after it stands.
 */
export const holdDirectory: Statement = {
  name: 'hold-directory',
  text: 'select 1 as one from directories where tenant_id = $1 and id = $2 for share',
};
/** Before `holdDirectoryAlone`, as everybody does who raises the version of the policy. */
export const lockTenant: Statement = {
  name: 'lock-tenant',
  text: 'select 1 as one from tenants where id = $1 for no key update',
};
export const holdDirectoryAlone: Statement = {
  name: 'hold-directory-alone',
  text: 'select 1 as one from directories where tenant_id = $1 and id = $2 for no key update',
};

/** What is written from here on is computed knowing that there are groups. */
export const noteGroupsSent: Statement = {
  name: 'note-groups-sent',
  text: `
with noted as (
  update directories set groups_sent = true where tenant_id = $1 and id = $2 and not groups_sent returning 1
)
update tenants set policy_version = policy_version + 1,
  applied_policy_version = case applied_policy_version when policy_version then policy_version + 1 else applied_policy_version end
where id = $1 and exists (select 1 from noted)`,
};

export const updateGroup: Statement = {
  name: 'update-group',
  text: `
update directory_groups
set external_id = $4, display_name = $5, display_name_key = $6, resource = $7, team_id = $8, updated_at = $9
where tenant_id = $1 and id = $2 and directory_id = $3`,
};

export const removeGroup: Statement = {
  name: 'remove-group',
  text: 'delete from directory_groups where tenant_id = $1 and id = $2',
};
