import type { Statement } from '../database.ts';
import { ownTransaction } from '../events/event-statement.ts';

/** $1 tenant, $2 directory: keeps every change of its groups out; what is read after it stands. */
export const lockGroups: Statement = {
  name: 'lock-groups-of-directory',
  text: `
select 1 as one from (
  select id from directory_groups where tenant_id = $1 and directory_id = $2 order by id for update
) locked limit 1`,
};

/** $1 tenant, $2 directory: its groups that have no team. */
export const waitingGroups: Statement = {
  name: 'groups-without-team',
  text: `select id from directory_groups where tenant_id = $1 and directory_id = $2 and team_id is null order by id`,
};

/** $1 tenant, $2 people: groups without a team that they are in, locked. */
export const waitingGroupsOf: Statement = {
  name: 'groups-without-team-of-people',
  text: `
select g.directory_id as "directoryId", g.id from directory_groups g
where g.tenant_id = $1 and g.team_id is null and g.id in (
  select m.group_id from group_members m where m.tenant_id = $1 and m.user_id = any($2::uuid[]))
order by g.id for update`,
};

const isMember = `u.tenant_id = $1 and u.kind = 'MEMBER' and u.status <> 'DELETED'`;

/**
 * $1 tenant, $2 directory, $3 groups, $4 a team for each, $5 the group's wire id of each, $6 people about to join, $7
 * whether an empty group makes its team, $8 whether one of stakeholders alone does, $9 at, $10 actor, $11 request, $12
 * cause. Makes the teams of those of the groups that have none and should, with an event for each person in them.
 */
export const projectGroups: Statement = {
  name: 'project-groups',
  text: `
with g as (
  select g.id, g.display_name, g.display_name_key, w.team_id, w.wire_id
  from unnest($3::uuid[], $4::uuid[], $5::text[]) as w(id, team_id, wire_id)
  join directory_groups g on g.tenant_id = $1 and g.directory_id = $2 and g.id = w.id and g.team_id is null
  where case
    when cardinality($6::uuid[]) = 0
      and not exists (select 1 from group_members m where m.tenant_id = $1 and m.group_id = g.id) then $7::boolean
    else $8::boolean or exists (select 1 from users u where ${isMember} and u.id = any($6::uuid[]))
      or exists (
        select 1 from group_members m join users u on ${isMember} and u.id = m.user_id
        where m.tenant_id = $1 and m.group_id = g.id)
    end
), made as (
  insert into teams (tenant_id, id, version, name, name_key, description, origin, created_at, updated_at)
  select $1, team_id, 1, display_name, display_name_key, null, 'PROJECTED', $9, $9 from g
), bound as (
  update directory_groups d set team_id = g.team_id from g where d.tenant_id = $1 and d.id = g.id
), people as (
  select g.team_id, g.wire_id, m.user_id from g join group_members m on m.tenant_id = $1 and m.group_id = g.id
), logged as (
  insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
  select $1, $9, e.name, $10, $11, 'team', e.team_id, e.user_id, e.changes, $12::text from (
    select 1 as step, 'team.created' as name, team_id, null::uuid as user_id,
      jsonb_build_array(jsonb_build_object('key', 'name', 'from', null, 'to', display_name)) as changes from g
    union all
    select 2, 'team.members.added', team_id, user_id,
      jsonb_build_array(jsonb_build_object('key', 'group', 'from', null, 'to', wire_id)) from people
  ) e order by e.step, e.team_id, e.user_id
)
select (select count(*)::int from g) as teams, array(select distinct user_id from people) as "userIds",
  (select policy_version from tenants where id = $1) as version, ${ownTransaction}`,
};

/**
 * $1 tenant, $2 directory, $3 groups; null: all, $4 at most so many; null: all, $5 at, $6 actor, $7 request, $8 cause.
 * Teams of the groups stay with their people, as made by hand, and the groups have none any more. A team that groups
 * besides these make stays theirs. A member stays a member, so only the team has an event.
 */
export const keepTeams: Statement = {
  name: 'keep-teams',
  text: `
with picked as (
  select id, team_id from directory_groups
  where tenant_id = $1 and directory_id = $2 and team_id is not null and ($3::uuid[] is null or id = any($3::uuid[]))
  order by id limit $4 for update
), people as (
  select distinct p.team_id, m.user_id from picked p join group_members m on m.tenant_id = $1 and m.group_id = p.id
), kept as (
  insert into team_members (tenant_id, team_id, user_id) select $1, team_id, user_id from people on conflict do nothing
), freed as (
  update teams t set origin = 'MANUAL', version = t.version + 1, updated_at = $5
  where t.tenant_id = $1 and t.id in (select team_id from picked) and t.origin = 'PROJECTED'
    and not exists (
      select 1 from directory_groups o
      where o.tenant_id = $1 and o.team_id = t.id and o.id not in (select id from picked))
  returning t.id
), detached as (
  update directory_groups g set team_id = null, linked = false, shared = false
  from picked p where g.tenant_id = $1 and g.id = p.id
), logged as (
  insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
  select $1, $5, 'team.updated', $6, $7, 'team', f.id, null,
    '[{"key": "origin", "from": "PROJECTED", "to": "MANUAL"}]'::jsonb, $8::text
  from freed f order by f.id
)
select (select count(*)::int from picked) as groups, (select count(*)::int from freed) as teams,
  array(select distinct user_id from people) as "userIds", ${ownTransaction}`,
};
