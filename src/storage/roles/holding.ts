// Who holds a role, as SQL; `$1` is the tenant. A disconnected directory gives no role any more, by app role or by group.
const connected = (directory: string): string => `exists (
  select 1 from directories d where d.tenant_id = $1 and d.id = ${directory} and d.state <> 'DISCONNECTED')`;

/** Joins those who hold the app role of the rule `r` as `h`, with the directory that gives it. */
export const byAppRole = `
join app_role_holders h on h.tenant_id = $1 and h.value = r.app_role
join user_sources s on s.tenant_id = $1 and s.user_id = h.user_id and s.source_id = h.source_id and s.ended_at is null
  and ${connected('s.directory_id')}`;

/** Joins those who are in the group of the rule `r` as `m`. */
export const byGroup = `
join directory_groups g on g.tenant_id = $1 and g.id = r.group_id and ${connected('g.directory_id')}
join group_members m on m.tenant_id = $1 and m.group_id = r.group_id`;

/** Ids of the people who hold that role: given it directly, or by a rule. */
export const holdersOf = (role: string): string => `
select x.user_id from role_grants x where x.tenant_id = $1 and x.role_id = ${role}
union
select h.user_id from role_rules r ${byAppRole} where r.tenant_id = $1 and r.role_id = ${role}
union
select m.user_id from role_rules r ${byGroup} where r.tenant_id = $1 and r.role_id = ${role}`;
