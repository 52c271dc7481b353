import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';
import { speaks } from '../users/person-rows.ts';

const columns = `
version, keys, total, done, users_changed as "usersChanged", last_user_id as "last", started_at as "startedAt",
finished_at as "finishedAt"`;

/** People whose values more than one source decides, of a tenant `$1`. */
const contestedCount = `(
  select count(*) from (
    select 1 from user_sources s join users p on p.tenant_id = $1 and p.id = s.user_id and p.status <> 'DELETED'
    where s.tenant_id = $1 and ${speaks('s')} group by s.user_id having count(*) > 1) contested)`;

/** The work under the policy that stands; a new one of all fields where no rule made the version. */
export const startWork: Statement = {
  name: 'start-rule-work',
  text: `
insert into rule_changes as w (tenant_id, version, keys, total, done, users_changed, started_at)
select $1, t.policy_version, null, ${contestedCount}, 0, 0, $2 from tenants t where t.id = $1
on conflict (tenant_id, version) do update
  set total = case when w.last_user_id is null and w.finished_at is null then excluded.total else w.total end
returning ${columns}`,
};

const log = (from: number): string => `
logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')})
  select $1, ${eventParams(from)} from moved where $${from}::timestamptz is not null
)`;

/** Moves on from the person where it was; nothing where another process did so. */
export const advanceWork: Statement = {
  name: 'advance-rule-work',
  text: `
with moved as (
  update rule_changes set done = done + $5, total = greatest(total, done + $5), last_user_id = $4
  where tenant_id = $1 and version = $2 and last_user_id is not distinct from $3::uuid and finished_at is null
  returning ${columns}
), ${log(6)}
select *, ${ownTransaction} from moved`,
};

/** Ends the work, and with it what a new start would have to finish; nothing where another process did so. */
export const finishWork: Statement = {
  name: 'finish-rule-work',
  text: `
with moved as (
  update rule_changes set done = total, finished_at = $3 where tenant_id = $1 and version = $2 and finished_at is null
  returning ${columns}
), applied as (
  update tenants set applied_policy_version = $2 where id = $1 and policy_version = $2
), ${log(4)}
select *, ${ownTransaction} from moved`,
};

/** The work under that version. */
export const workOf: Statement = {
  name: 'rule-work-of',
  text: `select ${columns} from rule_changes where tenant_id = $1 and version = $2`,
};

/** The newest work. */
export const newestWork: Statement = {
  name: 'newest-rule-work',
  text: `select ${columns} from rule_changes where tenant_id = $1 order by version desc limit 1`,
};
