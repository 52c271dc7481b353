import type { Statement } from '../database.ts';

const columns = `i.id, i.user_id as "userId", i.purpose, i.email, i.created_at as "createdAt", i.expires_at as "expiresAt",
  i.used_at as "usedAt", i.revoked_at as "revokedAt", now() as now`;

/** $1 tenant, $2 id, $3 person, $4 purpose, $5 address. */
export const addInvitation: Statement = {
  name: 'add-invitation',
  text: `
with ended as (
  update invitations set revoked_at = now()
  where tenant_id = $1 and user_id = $3 and purpose = $4 and used_at is null and revoked_at is null
)
insert into invitations (tenant_id, id, user_id, purpose, email, created_at, expires_at)
values ($1, $2, $3, $4, $5, now(), now() + interval '72 hours')`,
};

/** $1 tenant, $2 id. */
export const lockInvitation: Statement = {
  name: 'lock-invitation',
  text: `select ${columns} from invitations i where i.tenant_id = $1 and i.id = $2 for update`,
};

/** $1 tenant, $2 id. */
export const useInvitation: Statement = {
  name: 'use-invitation',
  text: `
update invitations set used_at = now()
where tenant_id = $1 and id = $2 and used_at is null and revoked_at is null and expires_at > now()
returning id`,
};

/** $1 tenant, $2 person: one after the other. */
export const lockInvited: Statement = {
  name: 'lock-invited',
  text: 'select id from users where tenant_id = $1 and id = $2 for no key update',
};

/** $1 tenant, $2 person. */
export const recentInvitations: Statement = {
  name: 'recent-invitations',
  text: `
select clock_timestamp() as now, array(
  select to_json(created_at) #>> '{}' from invitations
  where tenant_id = $1 and user_id = $2 and created_at > clock_timestamp() - interval '1 day' order by created_at
) as times`,
};

/** $1 tenant, $2 id: with the person, whatever became of them. */
export const findInvitation: Statement = {
  name: 'find-invitation',
  text: `
select ${columns}, u.status, u.user_name as "userName", u.display_name as "displayName", u.email as "personEmail",
  u.preferred_language as "preferredLanguage"
from invitations i join users u on u.tenant_id = i.tenant_id and u.id = i.user_id
where i.tenant_id = $1 and i.id = $2`,
};
