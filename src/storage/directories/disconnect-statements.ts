import type { Statement } from '../database.ts';
import { ownTransaction } from '../events/event-statement.ts';
import { disbanded } from '../teams/team-statements.ts';

/** $1 tenant, $2 directory, $3 plan. */
export const beginDisconnect: Statement = {
  name: 'begin-disconnect',
  text: `
update directories set state = 'DISCONNECTED', disconnect_plan = $3, disconnected_up_to = null
where tenant_id = $1 and id = $2 and state <> 'DISCONNECTED' returning 1 as one`,
};

/** Keeps other workers out, and lets those pass who only refer to the directory. */
export const lockDisconnect: Statement = {
  name: 'lock-disconnect',
  text: `
select disconnect_plan as plan, disconnected_up_to as "upTo" from directories
where tenant_id = $1 and id = $2 and disconnect_plan is not null for no key update`,
};

export const lockPeople: Statement = {
  name: 'lock-people-of-directory',
  text: `
select u.id from user_sources s join users u on u.tenant_id = $1 and u.id = s.user_id
where s.tenant_id = $1 and s.directory_id = $2 and s.user_id > $3 and s.ended_at is null and u.status <> 'DELETED'
order by s.user_id limit $4 for update of u`,
};

export const heldElsewhere: Statement = {
  name: 'people-held-elsewhere',
  text: `
select distinct s.user_id as id from user_sources s
join directories d on d.tenant_id = $1 and d.id = s.directory_id and d.state <> 'DISCONNECTED'
where s.tenant_id = $1 and s.user_id = any($2::uuid[]) and s.ended_at is null order by 1`,
};

/**
 * $1 tenant, $2 people, $3 at, $4 actor, $5 request, $6 the directory's wire id, $7 the status they get; null: they keep
 * theirs.
 */
export const releasePeople: Statement = {
  name: 'release-people',
  text: `
with released as (
  update users u set version = u.version + 1, updated_at = $3, status = coalesce($7::text, u.status),
    seated = u.seated and $7::text is distinct from 'DELETED',
    status_at = case when $7::text <> u.status then $3 else u.status_at end
  from users o
  where u.tenant_id = $1 and u.id = any($2::uuid[]) and o.tenant_id = $1 and o.id = u.id
  returning u.id, o.status as before, u.status as after
), ended as (
  update user_sources s set ended_at = $3 from released r
  where s.tenant_id = $1 and s.user_id = r.id and s.kind = 'DIRECTORY' and s.ended_at is null and r.after = 'DELETED'
)
insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes)
select $1, $3, case when r.before = r.after then 'user.unlinked' when r.after = 'DELETED' then 'user.deleted'
    else 'user.deactivated' end,
  $4, $5, 'usr', r.id, null,
  case when r.before = r.after then '[]'::jsonb
    else jsonb_build_array(jsonb_build_object('key', 'status', 'from', r.before, 'to', r.after)) end
  || jsonb_build_array(jsonb_build_object('key', 'directory', 'from', $6::text, 'to', null))
from released r order by r.id returning ${ownTransaction}`,
};

export const advance: Statement = {
  name: 'advance-disconnect',
  text: 'update directories set disconnected_up_to = $3 where tenant_id = $1 and id = $2',
};

/** $1 tenant, $2 directory, $3 at most so many. */
export const lockGroups: Statement = {
  name: 'lock-groups-to-release',
  text: `
select id, team_id as "teamId" from directory_groups
where tenant_id = $1 and directory_id = $2 order by id limit $3 for update`,
};

/** $1 tenant, $2 groups, which nobody is in any more, $3 at, $4 actor, $5 request. */
export const removeGroups: Statement = {
  name: 'remove-groups',
  text: `
with gone as (
  delete from directory_groups where tenant_id = $1 and id = any($2::uuid[]) returning id, display_name
)
insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes)
select $1, $3, 'group.deleted', $4, $5, 'grp', g.id, null,
  jsonb_build_array(jsonb_build_object('key', 'displayName', 'from', g.display_name, 'to', null))
from gone g order by g.id returning ${ownTransaction}`,
};

/**
 * $1 tenant, $2 teams that are locked, $3 at, $4 actor, $5 request, $6 cause: those that were projected and that no group
 * makes any more, with an event for each who was in them by hand as well.
 */
export const removeTeams: Statement = {
  name: 'remove-projected-teams',
  text: `
with gone as (
  delete from teams t where t.tenant_id = $1 and t.id = any($2::uuid[]) and t.origin = 'PROJECTED'
    and not exists (select 1 from directory_groups g where g.tenant_id = $1 and g.team_id = t.id)
  returning t.id, t.name
), ${disbanded(3, 'gone')}
insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes)
select $1, $3, 'team.deleted', $4, $5, 'team', g.id, null,
  jsonb_build_array(jsonb_build_object('key', 'name', 'from', g.name, 'to', null))
from gone g order by g.id`,
};

export const finish: Statement = {
  name: 'finish-disconnect',
  text: 'update directories set disconnect_plan = null, disconnected_up_to = null where tenant_id = $1 and id = $2',
};

export const unfinished: Statement = {
  name: 'unfinished-disconnects',
  text: 'select id from directories where tenant_id = $1 and disconnect_plan is not null order by id',
};
