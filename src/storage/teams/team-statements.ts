import type { NewEvent } from '../../domain/event.ts';
import { keyOf } from '../../domain/key.ts';
import type { Team } from '../../domain/teams/team-store.ts';
import type { Statement } from '../database.ts';
import { eventColumns, eventParams } from '../events/event-statement.ts';

const insert = `
insert into teams (tenant_id, id, version, name, name_key, description, origin, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`;

/** The values of `insertTeam` after the tenant. */
export const teamValues = (team: Team, at: string): unknown[] => [
  team.id,
  team.version,
  team.name,
  keyOf(team.name),
  team.description,
  team.origin,
  at,
];

const log = (from: number, written: string) => `
logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(from)} from ${written}
)`;

/** Both are statements of a larger transaction that writes the events. */
export const insertTeam: Statement = { name: 'insert-team', text: insert };
export const renameTeam: Statement = {
  name: 'rename-team',
  text: `
update teams set name = $3, name_key = $4, version = version + 1, updated_at = $5
where tenant_id = $1 and id = $2 and name <> $3`,
};

/** From that number on: at, actor, request and cause of the event that each person has who was in the team by hand to the end. */
export const disbanded = (from: number, team: string) => `
disbanded as (
  insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
  select $1, $${from}::timestamptz, 'team.members.removed', $${from + 1}::text, $${from + 2}::text, 'team', m.team_id, m.user_id, '[]',
    $${from + 3}::text
  from team_members m where m.tenant_id = $1 and m.team_id in (select id from ${team})
)`;

/** The values of `disbanded`. */
export const disbandValues = ({ at, actor, requestId, cause }: NewEvent): unknown[] => [
  at,
  actor,
  requestId,
  cause ?? null,
];

/** Removes a projected team that no group holds any more; one made by hand stays. */
export const removeTeam: Statement = {
  name: 'remove-projected-team',
  text: `
with gone as (
delete from teams t where t.tenant_id = $1 and t.id = $2 and t.origin = 'PROJECTED'
  and not exists (select 1 from directory_groups g where g.tenant_id = $1 and g.team_id = $2)
returning t.id
), ${disbanded(3, 'gone')}
select id from gone`,
};

/** Keeps out whoever would join; what is read after it stands. */
export const lockTeams: Statement = {
  name: 'lock-teams',
  text: 'select 1 from teams where tenant_id = $1 and id = any($2::uuid[]) order by id for update',
};

export const findTeam: Statement = {
  name: 'find-team',
  text: 'select id, version, name, description, origin from teams where tenant_id = $1 and id = $2',
};

/** A team made by hand and its event. */
export const createTeam: Statement = {
  name: 'create-team',
  text: `with written as (${insert} returning 1), ${log(9, 'written')} select count(*)::int as written from written`,
};

/** $3 is the version that was read. */
export const updateTeam: Statement = {
  name: 'update-team',
  text: `
with written as (
  update teams set version = $3 + 1, name = $4, name_key = $5, description = $6, updated_at = $7
  where tenant_id = $1 and id = $2 and version = $3
  returning 1
), ${log(8, 'written')}
select count(*)::int as written from written`,
};

export const deleteTeam: Statement = {
  name: 'delete-team',
  text: `
with written as (delete from teams where tenant_id = $1 and id = $2 and version = $3 returning id), ${disbanded(4, 'written')}, ${log(8, 'written')}
select count(*)::int as written from written`,
};

// $1 tenant, $2 team, $3 people, then the event without its object.
const logEach = (from: string) => `
logged as (
  insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
  select $1, $4, $5, $6, $7, 'team', $2, ${from}.user_id, '[]', $8::text
  from ${from} where not exists (
    select 1 from group_members gm join directory_groups g on g.tenant_id = $1 and g.id = gm.group_id
    where gm.tenant_id = $1 and gm.user_id = ${from}.user_id and g.team_id = $2)
)`;

/**
 * Adds people by hand; one event for each who was in the team in no way. Who belongs to a central team and was taken out
 * is there again as before.
 */
export const addTeamMembers: Statement = {
  name: 'add-team-members',
  text: `
with wanted as (select unnest($3::uuid[]) as user_id), unknown as (
  select w.user_id from wanted w where not exists (
    select 1 from users u where u.tenant_id = $1 and u.id = w.user_id and u.status <> 'DELETED')
), central as (
  select 1 from teams t where t.tenant_id = $1 and t.id = $2 and t.origin = 'CENTRAL'
), added as (
  insert into team_members (tenant_id, team_id, user_id)
  select $1, $2, w.user_id from wanted w where not exists (select 1 from unknown) and not exists (
    select 1 from central_members m, central where m.tenant_id = $1 and m.team_id = $2 and m.user_id = w.user_id)
  order by w.user_id
  on conflict do nothing
  returning user_id
), returned as (
  update central_members m set excluded = false
  where m.tenant_id = $1 and m.team_id = $2 and m.user_id = any($3::uuid[]) and m.excluded
    and exists (select 1 from central) and not exists (select 1 from unknown)
  returning m.user_id
), joined as (
  select user_id from added union select user_id from returned
), ${logEach('joined')}
select array(select user_id from unknown) as unknown`,
};

/**
 * Removes people added by hand, unless a directory group holds one of them in the team: then nobody. Whom a directory
 * holds there as everybody stays out for good.
 */
export const removeTeamMembers: Statement = {
  name: 'remove-team-members',
  text: `
with projected as (
  select distinct gm.user_id from group_members gm
  join directory_groups g on g.tenant_id = $1 and g.id = gm.group_id
  where gm.tenant_id = $1 and g.team_id = $2 and gm.user_id = any($3::uuid[])
), removed as (
  delete from team_members m
  where m.tenant_id = $1 and m.team_id = $2 and m.user_id = any($3::uuid[]) and not exists (select 1 from projected)
  returning m.user_id
), excluded as (
  update central_members m set excluded = true
  where m.tenant_id = $1 and m.team_id = $2 and m.user_id = any($3::uuid[]) and not m.excluded
    and not exists (select 1 from projected)
  returning m.user_id
), gone as (
  select user_id from removed union select user_id from excluded
), ${logEach('gone')}
select array(select user_id from projected) as projected`,
};
