import type { Statement } from '../database.ts';
import { eventSelect } from '../events/event-reader.ts';

/** How long an endpoint is one process's: a killed one's are taken up again after that. */
const LEASE = `interval '1 minute'`;
/** The longest that an event waits for an endpoint at which nothing is under way. */
const PAUSE = `interval '500 milliseconds'`;

/** $1 how many, $2 name of the lease. */
export const leaseWebhooks: Statement = {
  name: 'lease-webhooks',
  text: `
update webhooks w set leased_until = now() + ${LEASE}, lease = $2
from (
  select tenant_id, id from webhooks
  where state = 'ON' and look_at <= now() and (leased_until is null or leased_until <= now())
  order by look_at limit $1 for update skip locked
) due
where w.tenant_id = due.tenant_id and w.id = due.id
returning w.tenant_id as "tenantId", w.id, w.lease`,
};

/** $1 tenant, $2 id, $3 lease: an endpoint that is still this process's own. */
const own = 'tenant_id = $1 and id = $2 and lease = $3';

export const keepWebhook: Statement = {
  name: 'keep-webhook',
  text: `
update webhooks set leased_until = now() + ${LEASE} where ${own} and state = 'ON'
returning url, names, salt, case when old_until > now() then old_salt end as "oldSalt",
  cursor_xact as xact, cursor_seq as seq`,
};

export const releaseWebhook: Statement = {
  name: 'release-webhook',
  text: `update webhooks set lease = null, leased_until = null, look_at = now() + ${PAUSE} where ${own}`,
};

/** $3: as far as it is worth counting. */
export const countWaiting: Statement = {
  name: 'count-waiting-deliveries',
  text: `
select count(*)::int as count from (
  select 1 from webhook_deliveries where tenant_id = $1 and webhook_id = $2 and status = 'PENDING' limit $3
) w`,
};

/** The log after a place, without what a transaction under way holds back. */
export const logAfter: Statement = {
  name: 'log-after-cursor',
  text: `
select xact, seq, name, subject_id as "subjectId" from events
where tenant_id = $1 and xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  and (xact, seq) > ($2::bigint, $3::bigint)
order by xact, seq limit $4`,
};

export const insertDeliveries: Statement = {
  name: 'insert-deliveries',
  text: `
insert into webhook_deliveries (tenant_id, webhook_id, id, xact, seq, subject_id)
select $1, $2, n.* from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[]) as n
on conflict (tenant_id, webhook_id, xact, seq) do nothing`,
};

export const moveCursor: Statement = {
  name: 'move-webhook-cursor',
  text: 'update webhooks set cursor_xact = $3, cursor_seq = $4 where tenant_id = $1 and id = $2',
};

/** Few rows wait for their next attempt: the first of each subject that fails. */
export const dueDeliveries: Statement = {
  name: 'due-deliveries',
  text: `
with waiting as materialized (
  select distinct on (subject_id) subject_id, xact, seq from webhook_deliveries
  where tenant_id = $1 and webhook_id = $2 and status = 'PENDING' and next_at > now()
  order by subject_id, xact, seq
)
select d.id, d.attempts, ${eventSelect} from webhook_deliveries d
join events e on e.tenant_id = d.tenant_id and e.xact = d.xact and e.seq = d.seq
where d.tenant_id = $1 and d.webhook_id = $2 and d.status = 'PENDING'
  and not exists (
    select 1 from waiting w where w.subject_id = d.subject_id and (w.xact, w.seq) <= (d.xact, d.seq))
order by d.xact, d.seq limit $3`,
};

/** $3 ids, $4 attempts before, $5 delivered, $6 statuses, $7 errors, $8 seconds. One that was sent again meanwhile stays as it is. */
export const settleDeliveries: Statement = {
  name: 'settle-deliveries',
  text: `
update webhook_deliveries d set
  attempts = d.attempts + 1, response_status = r.response, last_error = r.error,
  delivered_at = case when r.delivered then now() end,
  next_at = now() + make_interval(secs => r.seconds),
  give_up_at = case when not r.delivered then coalesce(d.give_up_at, now() + interval '1 day') end,
  status = case
    when r.delivered then 'DELIVERED'
    when now() + make_interval(secs => r.seconds) > coalesce(d.give_up_at, now() + interval '1 day') then 'DEAD'
    else 'PENDING' end
from unnest($3::uuid[], $4::int[], $5::boolean[], $6::int[], $7::text[], $8::float8[])
  as r(id, attempts, delivered, response, error, seconds)
where d.tenant_id = $1 and d.webhook_id = $2 and d.id = r.id and d.status = 'PENDING' and d.attempts = r.attempts`,
};

/** $4: whether anything arrived. */
export const noteArrival: Statement = {
  name: 'note-webhook-arrival',
  text: `
update webhooks set last_delivery_at = case when $4 then now() else last_delivery_at end,
  failing_since = case when not $4 then coalesce(failing_since, now()) end
where ${own} returning coalesce(failing_since <= now() - interval '3 days', false) as "failsLong"`,
};

/** What arrived is kept for three days, what was given up for thirty. */
export const forgetSettled: Statement = {
  name: 'forget-settled-deliveries',
  text: `
delete from webhook_deliveries where tenant_id = $1 and id = any(array(
  select id from webhook_deliveries
  where tenant_id = $1 and webhook_id = $2 and status <> 'PENDING' and created_at < now() - interval '3 days'
    and (status = 'DELIVERED' or created_at < now() - interval '30 days')
  order by created_at limit 1000))`,
};
