import type { Origin } from '../../domain/event.ts';
import { wireId } from '../../domain/ids.ts';
import type { Statement } from '../database.ts';
import { isConnected } from './is-connected.ts';

/**
 * $1 tenant, $2 directory, $3 group, $4 people, $5 at, $6 actor, $7 request, $8 cause, $9 changes, $10 whether what rules
 * give members is thought of, and, unless the group and its team are locked, $11 whether the group makes a team. The lock of
 * its own keeps a whole-list change of the same group out, and lets other deltas run beside this one; where that is not
 * enough it waits, and where rules were not thought of and there are some it does nothing.
 */
export const group = (isHeld: boolean) => `
locked as (
  select id, team_id, ruled, shared, $9::jsonb as changes,
    ${isHeld ? 'false' : '(shared or team_id is null and $11::boolean)'} as waits
  from directory_groups
  where tenant_id = $1 and directory_id = $2 and id = $3 and ${isConnected} for key share
), g as (select * from locked where not waits and ($10::boolean or not ruled))`;

/** What became of the group: whether it is there, whether a rule names it, and whether it must be locked first. */
const outcome = `
exists (select 1 from locked) as found, exists (select 1 from locked where ruled) as ruled,
  exists (select 1 from locked where waits) as waits`;

const notByAnother = `and not (g.shared and exists (
      select 1 from directory_groups o join group_members om on om.tenant_id = $1 and om.group_id = o.id
      where o.tenant_id = $1 and o.team_id = g.team_id and o.id <> g.id and om.user_id = c.user_id))`;

/**
 * One event a person: of the team, unless the group has none or the person is in that team in another way as well. Groups
 * that share one are never changed unless they are held.
 */
export const logMembers = (what: string, from: string, isHeld = true) => `
logged as (
  insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
  select $1, $5, case when t.id is null then 'group.members.${what}' else 'team.members.${what}' end, $6, $7,
    case when t.id is null then 'grp' else 'team' end, coalesce(t.id, g.id), c.user_id, g.changes, $8::text
  from ${from} c join g on g.id = c.group_id
  left join lateral (
    select g.team_id as id where g.team_id is not null and not exists (
      select 1 from team_members m where m.tenant_id = $1 and m.team_id = g.team_id and m.user_id = c.user_id)
    ${isHeld ? notByAnother : ''}
  ) t on true
  returning xact
)`;

/** The transaction of the events; null where nobody joined or left. */
export const loggedIn = `(select xact::text from logged limit 1) as "loggedIn"`;

/** A change of members: of a group that is held, or of one that is not. */
export type MemberChange = { held: Statement; free: Statement };

const change = (name: string, text: (isHeld: boolean) => string): MemberChange => ({
  held: { name: `${name}-of-held`, text: text(true) },
  free: { name, text: text(false) },
});

/** Adds everyone or, when the directory does not know one of them, nobody; in id order, so that adders never deadlock. */
export const addMembers = change(
  'add-group-members',
  (isHeld) => `
with ${group(isHeld)}, wanted as (select unnest($4::uuid[]) as user_id), unknown as (
  select user_id from wanted where user_id not in (
    select s.user_id from user_sources s
    where s.tenant_id = $1 and s.user_id = any($4::uuid[]) and s.source_id = $2 and s.ended_at is null)
), added as (
  insert into group_members (tenant_id, group_id, user_id)
  select $1, g.id, w.user_id from g, wanted w where not exists (select 1 from unknown) order by w.user_id
  on conflict do nothing
  returning group_id, user_id
), ${logMembers('added', 'added', isHeld)}
select ${outcome}, array(select user_id from unknown) as unknown, array(select user_id from added) as changed, ${loggedIn}`,
);

/** Removes those who are members; the others are no matter (entra.md C8). */
export const removeMembers = change(
  'remove-group-members',
  (isHeld) => `
with ${group(isHeld)}, removed as (
  delete from group_members m using g
  where m.tenant_id = $1 and m.group_id = g.id and m.user_id = any($4::uuid[])
  returning m.group_id, m.user_id
), ${logMembers('removed', 'removed', isHeld)}
select ${outcome}, '{}'::uuid[] as unknown, array(select user_id from removed) as changed, ${loggedIn}`,
);

/** As `removeMembers`, for everyone in groups that are locked: $3 groups, $4 the changes that the events of each tell. */
export const dissolve: Statement = {
  name: 'dissolve-groups',
  text: `
with g as (
  select d.id, d.team_id, d.shared, w.changes from unnest($3::uuid[], $4::jsonb[]) as w(id, changes)
  join directory_groups d on d.tenant_id = $1 and d.directory_id = $2 and d.id = w.id
), removed as (
  delete from group_members m using g where m.tenant_id = $1 and m.group_id = g.id returning m.group_id, m.user_id
), ${logMembers('removed', 'removed', true)}
select ${loggedIn}, array(select user_id from removed) as users`,
};

/** The values of `dissolve` after the tenant. */
export const dissolveValues = (directoryId: string, groupIds: readonly string[], origin: Origin): unknown[] => [
  directoryId,
  groupIds,
  groupIds.map(joined),
  origin.at,
  origin.actor,
  origin.requestId,
  origin.cause ?? null,
];

/** What an event tells of the group by which somebody came into a team, or left it. */
export const joined = (groupId: string): string =>
  JSON.stringify([{ key: 'group', from: null, to: wireId('grp', groupId) }]);

/** $1 tenant, $2 directory, $3 person: the groups that they are in; locks those whose team waits. */
export const groupsOfMember: Statement = {
  name: 'groups-of-member',
  text: `
with shared as (
  select g.id, g.team_id from directory_groups g
  where g.tenant_id = $1 and g.directory_id = $2 and g.shared and g.id in (
    select m.group_id from group_members m where m.tenant_id = $1 and m.user_id = $3)
  order by g.id for update
)
select g.id, s.team_id as "sharedTeam" from group_members m join directory_groups g on g.tenant_id = $1 and g.id = m.group_id
left join shared s on s.id = g.id
where m.tenant_id = $1 and m.user_id = $3 and g.directory_id = $2 order by g.id`,
};

/** The members whom the directory still holds; $1 tenant, $2 directory, $3 group. */
export const listMembers: Statement = {
  name: 'list-group-members',
  text: `
select m.user_id as id, u.display_name as display
from group_members m
join user_sources s on s.tenant_id = $1 and s.user_id = m.user_id and s.source_id = $2 and s.ended_at is null
join users u on u.tenant_id = $1 and u.id = m.user_id
where m.tenant_id = $1 and m.group_id = $3 order by m.user_id`,
};

/** Whom of these people the directory does not hold; $1 tenant, $2 directory, $3 people. */
export const findStrangers: Statement = {
  name: 'find-strangers',
  text: `
select w.id from unnest($3::uuid[]) as w(id) where not exists (
  select 1 from user_sources s
  where s.tenant_id = $1 and s.user_id = w.id and s.source_id = $2 and s.ended_at is null)`,
};

/** $1 tenant, $2 directory, $3 people, $4 at. */
export const noteGroups: Statement = {
  name: 'note-groups-of-people',
  text: `
update user_sources s set groupless_since = case when w.grouped then null else coalesce(s.groupless_since, $4::timestamptz) end
from (
  select p.id, exists (
    select 1 from group_members m join directory_groups g on g.tenant_id = $1 and g.id = m.group_id and g.directory_id = $2
    where m.tenant_id = $1 and m.user_id = p.id) as grouped
  from unnest($3::uuid[]) as p(id)
) w
where s.tenant_id = $1 and s.user_id = w.id and s.source_id = $2 and w.grouped <> (s.groupless_since is null)`,
};

/** $1 tenant, $2 directory, $3 person. */
export const inAnyGroup: Statement = {
  name: 'in-any-group',
  text: `
select 1 as one from group_members m join directory_groups g on g.tenant_id = $1 and g.id = m.group_id and g.directory_id = $2
where m.tenant_id = $1 and m.user_id = $3 limit 1`,
};
