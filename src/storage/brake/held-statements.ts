import type { Statement } from '../database.ts';
import { ownTransaction } from '../events/event-statement.ts';
import { group, loggedIn, logMembers } from '../groups/member-statements.ts';

/** $1 tenant, $2 directory, $3 group, $4 people. Keeps whole-list changes of the group out, as a change of members does. */
export const membersAmong: Statement = {
  name: 'members-among',
  text: `
with g as (
  select id from directory_groups where tenant_id = $1 and directory_id = $2 and id = $3 for key share
)
select g.id as "groupId", m.user_id as "userId" from g
left join group_members m on m.tenant_id = $1 and m.group_id = g.id and m.user_id = any($4::uuid[])`,
};

const held = `
held as (
  insert into held_memberships (tenant_id, group_id, user_id, directory_id, team_id)
  select $1, r.group_id, r.user_id, $2, g.team_id from removed r join g on g.id = r.group_id
  on conflict do nothing
)`;

/** As the removal of these members ($4), for the directory only; its parameters. */
export const holdMembers: Statement = {
  name: 'hold-group-members',
  text: `
with ${group(true)}, removed as (
  delete from group_members m using g
  where m.tenant_id = $1 and m.group_id = g.id and m.user_id = any($4::uuid[]) returning m.group_id, m.user_id
), ${held}, ${logMembers('removal.held', 'removed')}
select ${loggedIn}`,
};

/** As `holdMembers`, for everybody in the group; $4 is not looked at. */
export const holdEverybody: Statement = {
  name: 'hold-every-member',
  text: `
with ${group(true)}, removed as (
  delete from group_members m using g where m.tenant_id = $1 and m.group_id = g.id and $4::uuid[] is not null
  returning m.group_id, m.user_id
), ${held}, ${logMembers('removal.held', 'removed')}
select ${loggedIn}`,
};

/** $1 tenant, $2 group. */
export const holdGroup: Statement = {
  name: 'hold-group',
  text: `
with gone as (delete from directory_groups where tenant_id = $1 and id = $2 returning *)
insert into held_groups
  (tenant_id, id, directory_id, external_id, display_name, display_name_key, resource, team_id, created_at)
select tenant_id, id, directory_id, external_id, display_name, display_name_key, resource, team_id, created_at from gone`,
};

/** $1 tenant, $2 directory, $3 at most so many. */
export const nextMembers: Statement = {
  name: 'next-held-members',
  text: `
select group_id as "groupId", user_id as "userId" from held_memberships
where tenant_id = $1 and directory_id = $2 order by group_id, user_id limit $3 for update`,
};

// $1 tenant, $2 directory, $3 groups, $4 people, $5 what the events tell, $6 at, $7 actor, $8 request, $9 cause.
const picked = `
picked as (
  select h.group_id, h.user_id, h.team_id, w.changes from unnest($3::uuid[], $4::uuid[], $5::jsonb[]) as w(group_id, user_id, changes)
  join held_memberships h on h.tenant_id = $1 and h.directory_id = $2 and h.group_id = w.group_id and h.user_id = w.user_id
)`;

const drop = (from: string): string => `
gone as (
  delete from held_memberships h using ${from} p where h.tenant_id = $1 and h.group_id = p.group_id and h.user_id = p.user_id
)`;

const log = (what: string, from: string): string => `
logged as (
  insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
  select $1, $6::timestamptz, case when f.team_id is null then 'group.members.${what}' else 'team.members.${what}' end, $7::text, $8::text,
    case when f.team_id is null then 'grp' else 'team' end, coalesce(f.team_id, f.group_id), f.user_id, f.changes, $9::text
  from ${from} f
  returning xact
)`;

/** Those whom the directory has put back meanwhile have not left; those in the team by another way stay in it. */
export const endMembers: Statement = {
  name: 'end-held-members',
  text: `
with ${picked}, left_over as (
  select p.group_id, p.user_id, p.changes, case when not exists (
      select 1 from team_members m where m.tenant_id = $1 and m.team_id = p.team_id and m.user_id = p.user_id)
    and not exists (
      select 1 from group_members m join directory_groups g on g.tenant_id = $1 and g.id = m.group_id
      where m.tenant_id = $1 and m.user_id = p.user_id and g.team_id = p.team_id) then p.team_id end as team_id
  from picked p
  where not exists (
    select 1 from group_members m where m.tenant_id = $1 and m.group_id = p.group_id and m.user_id = p.user_id)
), ${drop('picked')}, ${log('removed', 'left_over')}
select ${loggedIn}`,
};

/** Of those whom the directory still holds, in groups that are there; the others are left. */
export const rejoinMembers: Statement = {
  name: 'rejoin-held-members',
  text: `
with ${picked}, back as (
  insert into group_members (tenant_id, group_id, user_id)
  select $1, p.group_id, p.user_id from picked p
  join directory_groups g on g.tenant_id = $1 and g.id = p.group_id
  join user_sources s on s.tenant_id = $1 and s.user_id = p.user_id and s.source_id = $2 and s.ended_at is null
  order by p.group_id, p.user_id on conflict do nothing returning group_id, user_id
), returned as (select p.* from picked p join back b on b.group_id = p.group_id and b.user_id = p.user_id
), ${drop('returned')}, ${log('restored', 'returned')}
select ${loggedIn}`,
};

/** $1 tenant, $2 directory, $3 at most so many. */
export const nextGroups: Statement = {
  name: 'next-held-groups',
  text: `
select h.id, h.display_name as "displayName", t.id as "teamId", t.name as "teamName" from held_groups h
left join teams t on t.tenant_id = $1 and t.id = h.team_id
where h.tenant_id = $1 and h.directory_id = $2 order by h.id limit $3 for update of h`,
};

export const forgetGroup: Statement = {
  name: 'forget-held-group',
  text: 'delete from held_groups where tenant_id = $1 and id = $2',
};

/** $1 tenant, $2 group, $3 at. */
export const restoreGroup: Statement = {
  name: 'restore-held-group',
  text: `
with gone as (delete from held_groups where tenant_id = $1 and id = $2 returning *)
insert into directory_groups
  (tenant_id, id, directory_id, external_id, display_name, display_name_key, resource, team_id, created_at, updated_at)
select g.tenant_id, g.id, g.directory_id, g.external_id, g.display_name, g.display_name_key, g.resource,
  (select t.id from teams t where t.tenant_id = $1 and t.id = g.team_id), g.created_at, $3::timestamptz from gone g
on conflict do nothing returning 1 as one, ${ownTransaction}`,
};

/** $1 tenant, $2 directory, $3 at, $4 actor, $5 request: of teams that no other group makes. */
export const keepTeams: Statement = {
  name: 'keep-held-teams',
  text: `
with picked as (
  select h.id, h.team_id from held_groups h where h.tenant_id = $1 and h.directory_id = $2 and h.team_id is not null for update
), members as (
  insert into team_members (tenant_id, team_id, user_id)
  select $1, p.team_id, m.user_id from picked p join held_memberships m on m.tenant_id = $1 and m.group_id = p.id
  on conflict do nothing
), kept as (
  update teams t set origin = 'MANUAL', version = t.version + 1, updated_at = $3::timestamptz
  where t.tenant_id = $1 and t.id in (select team_id from picked) and t.origin = 'PROJECTED'
    and not exists (select 1 from directory_groups g where g.tenant_id = $1 and g.team_id = t.id)
  returning t.id
), freed as (
  update held_groups h set team_id = null from picked p where h.tenant_id = $1 and h.id = p.id
)
insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes)
select $1, $3::timestamptz, 'team.updated', $4::text, $5::text, 'team', k.id, null,
  '[{"key": "origin", "from": "PROJECTED", "to": "MANUAL"}]'::jsonb from kept k`,
};
