/**
 * Who is in which team, as SQL. `$1` is the tenant. A person is in a team by hand, because a directory put them into a
 * group of that team, or because it is the team of all people of a directory and nobody took them out; a directory that
 * lets go of a person takes them out of both. Whom a directory took out while its brake was on is in the team until an
 * admin decides.
 */
const groups = `
from group_members gm join directory_groups g on g.tenant_id = $1 and g.id = gm.group_id
where gm.tenant_id = $1 and g.team_id is not null`;

const central = `
from central_members cm where cm.tenant_id = $1 and not cm.excluded`;
const held = 'from held_memberships hm where hm.tenant_id = $1 and hm.team_id is not null';

/** Ids of the teams of that person; each once. */
export const teamIdsOf = (user: string): string => `
select tm.team_id from team_members tm where tm.tenant_id = $1 and tm.user_id = ${user}
union
select g.team_id ${groups} and gm.user_id = ${user}
union
select cm.team_id ${central} and cm.user_id = ${user}
union
select hm.team_id ${held} and hm.user_id = ${user}`;

/** Who of these people is in which team: pairs of ids, each once. */
export const membershipsOf = (users: string): string => `
select tm.user_id, tm.team_id from team_members tm where tm.tenant_id = $1 and tm.user_id = any(${users})
union
select gm.user_id, g.team_id ${groups} and gm.user_id = any(${users})
union
select cm.user_id, cm.team_id ${central} and cm.user_id = any(${users})
union
select hm.user_id, hm.team_id ${held} and hm.user_id = any(${users})`;

/** Ids of the people of that team; each once. */
export const userIdsOf = (team: string): string => `
select tm.user_id from team_members tm where tm.tenant_id = $1 and tm.team_id = ${team}
union
select gm.user_id ${groups} and g.team_id = ${team}
union
select cm.user_id ${central} and cm.team_id = ${team}
union
select hm.user_id ${held} and hm.team_id = ${team}`;

/** Who is in which of these teams: pairs of ids, each once. */
export const membersOf = (teams: string): string => `
select tm.team_id, tm.user_id from team_members tm where tm.tenant_id = $1 and tm.team_id = any(${teams})
union
select g.team_id, gm.user_id ${groups} and g.team_id = any(${teams})
union
select cm.team_id, cm.user_id ${central} and cm.team_id = any(${teams})
union
select hm.team_id, hm.user_id ${held} and hm.team_id = any(${teams})`;
