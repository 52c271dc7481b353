import type { Statement } from '../database.ts';
import { ownTransaction } from '../events/event-statement.ts';

// $1 tenant, $2 team, $3 at, $4 actor, $5 request, $6 cause; then what each says.
const log = (rows: string) => `
logged as (
  insert into events (tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes, cause)
  select $1, $3, e.name, $4, $5, 'team', $2, e.user_id, e.changes, $6::text from (${rows}
  ) e order by e.step, e.user_id
)`;

const aboutTeam = (step: number, name: string, key: string, before: string, after: string, from: string) => `
    select ${step} as step, '${name}' as name, null::uuid as user_id,
      jsonb_build_array(jsonb_build_object('key', '${key}', 'from', ${before}, 'to', ${after})) as changes from ${from}`;

/** $7 directory, $8 name, $9 its key, $10 at most so many: the next people whom the directory holds join the team. */
export const openCentral: Statement = {
  name: 'open-central-team',
  text: `
with people as (
  select s.user_id from user_sources s join users u on u.tenant_id = $1 and u.id = s.user_id and u.status <> 'DELETED'
  where s.tenant_id = $1 and s.directory_id = $7 and s.ended_at is null and not exists (
    select 1 from central_members m where m.tenant_id = $1 and m.team_id = $2 and m.user_id = s.user_id)
  order by s.user_id limit $10
), made as (
  insert into teams (tenant_id, id, version, name, name_key, description, origin, created_at, updated_at)
  select $1, $2::uuid, 1, $8::text, $9, null, 'CENTRAL', $3::timestamptz, $3::timestamptz where exists (select 1 from people)
  on conflict do nothing returning id
), taken as (
  update teams set origin = 'CENTRAL', version = version + 1, updated_at = $3
  where tenant_id = $1 and id = $2 and origin <> 'CENTRAL' returning id
), joined as (
  insert into central_members (tenant_id, team_id, user_id)
  select $1, $2, user_id from people order by user_id on conflict do nothing returning user_id
), ${log(`${aboutTeam(1, 'team.created', 'name', 'null', '$8::text', 'made')}
    union all ${aboutTeam(1, 'team.updated', 'origin', "'MANUAL'", "'CENTRAL'", 'taken')}
    union all
    select 2, 'team.members.added', j.user_id, '[]'::jsonb from joined j where not exists (
      select 1 from team_members m where m.tenant_id = $1 and m.team_id = $2 and m.user_id = j.user_id)`)}
select (select count(*)::int from made) as teams, array(select user_id from joined) as "userIds", ${ownTransaction}`,
};

/** $1 tenant, $2 team: whether somebody changed it, or put people into it, by hand; locks it. */
export const lockCentral: Statement = {
  name: 'lock-central-team',
  text: `
select t.version > 1 or exists (select 1 from team_members m where m.tenant_id = $1 and m.team_id = $2) as "byHand"
from teams t where t.tenant_id = $1 and t.id = $2 and t.origin = 'CENTRAL' for update`,
};

/** The team stays with its people, as made by hand. Who was taken out is remembered. */
export const keepCentral: Statement = {
  name: 'keep-central-team',
  text: `
with people as (
  delete from central_members where tenant_id = $1 and team_id = $2 and not excluded returning user_id
), kept as (
  insert into team_members (tenant_id, team_id, user_id) select $1, $2, user_id from people on conflict do nothing
), freed as (
  update teams set origin = 'MANUAL', version = version + 1, updated_at = $3 where tenant_id = $1 and id = $2 returning id
), ${log(aboutTeam(1, 'team.updated', 'origin', "'CENTRAL'", "'MANUAL'", 'freed'))}
select array(select user_id from people) as "userIds", ${ownTransaction}`,
};

/** The team goes, and each of its people has the event of having left it. */
export const dropCentral: Statement = {
  name: 'drop-central-team',
  text: `
with people as (
  select user_id from central_members where tenant_id = $1 and team_id = $2 and not excluded
  union
  select user_id from team_members where tenant_id = $1 and team_id = $2
), gone as (
  delete from teams where tenant_id = $1 and id = $2 returning name
), ${log(`
    select 1 as step, 'team.members.removed' as name, user_id, '[]'::jsonb as changes from people
    union all ${aboutTeam(2, 'team.deleted', 'name', 'name', 'null', 'gone')}`)}
select array(select user_id from people) as "userIds", ${ownTransaction}`,
};

/** $7 person: out of the team of a directory that lets go of them. */
export const leaveCentral: Statement = {
  name: 'leave-central-team',
  text: `
with gone as (
  delete from central_members where tenant_id = $1 and team_id = $2 and user_id = $7 returning user_id, excluded
), ${log(`
    select 1 as step, 'team.members.removed' as name, user_id, '[]'::jsonb as changes from gone
    where not excluded and not exists (
      select 1 from team_members m where m.tenant_id = $1 and m.team_id = $2 and m.user_id = $7)`)}
select ${ownTransaction} from gone`,
};
