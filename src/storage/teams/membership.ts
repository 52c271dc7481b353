/**
 * Who is in which team, as SQL. `$1` is the tenant. A person is in a team by hand, or because a directory that still
 * holds them put them into a group of that team.
 */
const liveGroups = `
from group_members gm
join directory_groups g on g.tenant_id = $1 and g.id = gm.group_id
join user_sources s on s.tenant_id = $1 and s.user_id = gm.user_id and s.source_id = g.directory_id and s.ended_at is null`;

/** Ids of the teams of that person; each once. */
export const teamIdsOf = (user: string): string => `
select tm.team_id from team_members tm where tm.tenant_id = $1 and tm.user_id = ${user}
union
select g.team_id ${liveGroups} where gm.tenant_id = $1 and gm.user_id = ${user} and g.team_id is not null`;

/** Who of these people is in which team: pairs of ids, each once. */
export const membershipsOf = (users: string): string => `
select tm.user_id, tm.team_id from team_members tm where tm.tenant_id = $1 and tm.user_id = any(${users})
union
select gm.user_id, g.team_id ${liveGroups}
where gm.tenant_id = $1 and gm.user_id = any(${users}) and g.team_id is not null`;

const groupsOf = (team: string): string => `
from directory_groups g
join group_members gm on gm.tenant_id = $1 and gm.group_id = g.id
join user_sources s on s.tenant_id = $1 and s.user_id = gm.user_id and s.source_id = g.directory_id and s.ended_at is null
where g.tenant_id = $1 and g.team_id ${team}`;

/** Ids of the people of that team; each once. */
export const userIdsOf = (team: string): string => `
select tm.user_id from team_members tm where tm.tenant_id = $1 and tm.team_id = ${team}
union
select s.user_id ${groupsOf(`= ${team}`)}`;

/** Who is in which of these teams: pairs of ids, each once. */
export const membersOf = (teams: string): string => `
select tm.team_id, tm.user_id from team_members tm where tm.tenant_id = $1 and tm.team_id = any(${teams})
union
select g.team_id, s.user_id ${groupsOf(`= any(${teams})`)}`;

/** Ids of those who may be people of that team, in order; whether they are is for `isMember` to say. */
export const candidatesOf = (team: string): string => `
select tm.user_id from team_members tm where tm.tenant_id = $1 and tm.team_id = ${team}
union
select gm.user_id from directory_groups g join group_members gm on gm.tenant_id = $1 and gm.group_id = g.id
where g.tenant_id = $1 and g.team_id = ${team}
order by 1`;

/** True when that person is in that team. */
export const isMember = (user: string, team: string): string => `(
exists (select 1 from team_members tm where tm.tenant_id = $1 and tm.user_id = ${user} and tm.team_id = ${team})
or exists (select 1 ${liveGroups} where gm.tenant_id = $1 and gm.user_id = ${user} and g.team_id = ${team}))`;
