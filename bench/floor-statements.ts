/** The floor's named statements that need no thought about their values. */
type Named = { name: string; text: string };

const record = `
select u.id, u.version, s.resource, s.linked_at, u.updated_at
from user_sources s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
where s.tenant_id = $1 and s.ended_at is null and`;

/** $1 tenant, $2 directory, $3 person. */
export const getPerson: Named = { name: 'get', text: `${record} s.source_id = $2 and s.user_id = $3` };

/** $1 tenant, $2 directory, $3 key of the userName. */
export const filterPeople: Named = {
  name: 'filter',
  text: `${record} s.directory_id = $2 and s.user_name_key = $3 limit 100`,
};

/** $1 tenant, $2 group, $3 person, $4 at. */
export const addMember: Named = {
  name: 'add-member',
  text: `
with added as (insert into group_members (tenant_id, group_id, user_id) values ($1, $2, $3))
insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes)
select $1, $4, 'team.members.added', 'dir_00000000000000000000000000', '00000000-0000-0000-0000-000000000000', 'team',
  g.team_id, $3, '[{"key": "group", "from": null, "to": "grp_00000000000000000000000000"}]'
from directory_groups g where g.tenant_id = $1 and g.id = $2`,
};

/** $1 tenant, $2 person: ten columns. */
export const getUser: Named = {
  name: 'user',
  text: `
select id, version, status, user_name as "userName", display_name as "displayName", given_name as "givenName",
  family_name as "familyName", email, title, department
from users where tenant_id = $1 and id = $2`,
};

/** $1 tenant: a page of 50 people. */
export const getPage: Named = {
  name: 'page',
  text: `
select id, display_name as "displayName", email, title, department
from users where tenant_id = $1 order by id limit 50`,
};

/** $1 tenant, $2 people: their teams, by whichever group. */
export const getTeams: Named = {
  name: 'teams',
  text: `
select m.user_id, t.id, t.name
from group_members m
join directory_groups g on g.tenant_id = $1 and g.id = m.group_id
join teams t on t.tenant_id = $1 and t.id = g.team_id
where m.tenant_id = $1 and m.user_id = any($2::uuid[])`,
};
