// Who holds a role, as SQL; `$1` is the tenant. A disconnected directory gives no role any more, by app role or by group.
const connected = (directory: string): string => `exists (
  select 1 from directories d where d.tenant_id = $1 and d.id = ${directory} and d.state <> 'DISCONNECTED')`;

/**
 * Joins those who hold the app role of the rule `r` as `h`, with the directory that gives it. `offset 0` keeps the planner
 * at the index of values: from the side of the sources it would walk through everybody.
 */
export const byAppRole = `
cross join lateral (
  select a.user_id, a.source_id, a.value from app_role_holders a where a.tenant_id = $1 and a.value = r.app_role offset 0
) h
cross join lateral (
  select l.directory_id from user_sources l
  where l.tenant_id = $1 and l.user_id = h.user_id and l.source_id = h.source_id and l.ended_at is null offset 0
) s
join directories d on d.tenant_id = $1 and d.id = s.directory_id and d.state <> 'DISCONNECTED'`;

/** Joins those who are in the group of the rule `r` as `m`, and whom the brake keeps in it. */
export const byGroup = `
join directory_groups g on g.tenant_id = $1 and g.id = r.group_id and ${connected('g.directory_id')}
join (
  select tenant_id, group_id, user_id from group_members
  union all select tenant_id, group_id, user_id from held_memberships
) m on m.tenant_id = $1 and m.group_id = r.group_id`;

/** Ids of the people who hold that role: given it directly, or by a rule. */
export const holdersOf = (role: string): string => `
select x.user_id from role_grants x where x.tenant_id = $1 and x.role_id = ${role}
union
select h.user_id from role_rules r ${byAppRole} where r.tenant_id = $1 and r.role_id = ${role}
union
select m.user_id from role_rules r ${byGroup} where r.tenant_id = $1 and r.role_id = ${role}`;
