import type { Statement } from '../database.ts';
import { ownTransaction } from '../events/event-statement.ts';

/** $1 tenant, $2 group, $3 team: locks the group and all groups of the team, in the order of everybody who locks several. */
export const lockGroupsOfTeam: Statement = {
  name: 'lock-groups-of-team',
  text: `
select 1 as one from (
  select id from directory_groups where tenant_id = $1 and (id = $2 or team_id = $3) order by id for update
) locked limit 1`,
};

/** People of the group whom nothing else holds in that team. */
const only = (team: string) => `
  select m.user_id from group_members m
  where m.tenant_id = $1 and m.group_id = $2 and ${team} is not null
    and not exists (
      select 1 from team_members h where h.tenant_id = $1 and h.team_id = ${team} and h.user_id = m.user_id)
    and not exists (
      select 1 from directory_groups o join group_members om on om.tenant_id = $1 and om.group_id = o.id
      where o.tenant_id = $1 and o.team_id = ${team} and o.id <> $2 and om.user_id = m.user_id)`;

/** $1 tenant, $2 group, $3 its team, $4 the one it gets, $5 at, $6 actor, $7 request, $8 cause, $9 changes of members. */
export const moveGroup: Statement = {
  name: 'move-group',
  text: `
with moved as (
  update directory_groups set team_id = $4::uuid, linked = $4::uuid is not null,
    shared = exists (select 1 from directory_groups o where o.tenant_id = $1 and o.team_id = $4::uuid and o.id <> $2)
  where tenant_id = $1 and id = $2
), others as (
  update directory_groups set shared = true where tenant_id = $1 and team_id = $4::uuid and id <> $2
)
insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
select $1, $5, e.name, $6, $7, 'team', e.team_id, e.user_id, $9::jsonb, $8::text from (
  select 1 as step, 'team.members.removed' as name, $3::uuid as team_id, l.user_id from (${only('$3::uuid')}) l
  union all
  select 2, 'team.members.added', $4::uuid, j.user_id from (${only('$4::uuid')}) j
) e order by e.step, e.user_id
returning ${ownTransaction}`,
};

/**
 * $1 tenant, $2 team, $3 at, $4 actor, $5 request, $6 cause. A projected team that no group makes any more goes; one that
 * was changed by hand, or has people by hand, stays as a manual one.
 */
export const leaveTeam: Statement = {
  name: 'leave-team-without-groups',
  text: `
with left_over as (
  select t.id, t.name, t.version > 1 or exists (
      select 1 from team_members m where m.tenant_id = $1 and m.team_id = t.id) as by_hand
  from teams t where t.tenant_id = $1 and t.id = $2 and t.origin = 'PROJECTED'
    and not exists (select 1 from directory_groups g where g.tenant_id = $1 and g.team_id = t.id)
), gone as (
  delete from teams t using left_over o where t.tenant_id = $1 and t.id = o.id and not o.by_hand returning t.id, t.name
), freed as (
  update teams t set origin = 'MANUAL', version = t.version + 1, updated_at = $3
  from left_over o where t.tenant_id = $1 and t.id = o.id and o.by_hand returning t.id
)
insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
select $1, $3, e.name, $4, $5, 'team', e.id, null, e.changes, $6::text from (
  select 'team.deleted' as name, id,
    jsonb_build_array(jsonb_build_object('key', 'name', 'from', name, 'to', null)) as changes from gone
  union all
  select 'team.updated', id, '[{"key": "origin", "from": "PROJECTED", "to": "MANUAL"}]'::jsonb from freed
) e
returning ${ownTransaction}`,
};
