import type { Statement } from '../database.ts';
import { groupVersion } from './group-version.ts';
import { isConnected } from './is-connected.ts';

const select = `
select g.id, g.directory_id, g.external_id, g.display_name, g.resource, g.team_id, g.ruled,
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
from directories d where d.tenant_id = $1 and d.id = $3 and d.state <> 'DISCONNECTED'
returning 1 as one`,
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
