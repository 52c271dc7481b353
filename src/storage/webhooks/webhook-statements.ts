import type { Statement } from '../database.ts';
import { eventColumns, eventParams, ownTransaction } from '../events/event-statement.ts';

/** The columns of an endpoint `w` under the names of the domain. */
export const webhookColumns = `
w.id, w.url, w.names, w.description, w.state, w.salt, w.last_delivery_at as "lastDeliveryAt",
w.failing_since as "failingSince", w.created_at as "createdAt"`;

/** The event comes with what was written before it, or not at all. */
const withEvent = (written: string, from: number): string => `
with written as (${written} returning 1)
insert into events (tenant_id, ${eventColumns.join(', ')}) select $1::uuid, ${eventParams(from)} from written
returning ${ownTransaction}`;

/** Begins before whatever is under way: its events come later in the log than readers may look now. */
export const insertWebhook: Statement = {
  name: 'insert-webhook',
  text: withEvent(
    `
insert into webhooks (tenant_id, id, url, names, description, salt, created_at, cursor_xact, cursor_seq)
values ($1, $2, $3, $4, $5, $6, $7, pg_snapshot_xmin(pg_current_snapshot())::text::bigint, 0)`,
    8,
  ),
};

export const takeWebhook: Statement = {
  name: 'take-webhook',
  text: `select ${webhookColumns} from webhooks w where tenant_id = $1 and id = $2 for no key update`,
};

/** Locks the tenant's row, so that two who make one count each other's. */
export const countWebhooks: Statement = {
  name: 'count-webhooks',
  text: `
with tenant as (select id from tenants where id = $1 for no key update)
select (select count(*) from webhooks w where w.tenant_id = tenant.id)::int as count from tenant`,
};

export const updateWebhook: Statement = {
  name: 'update-webhook',
  text: withEvent(
    `
update webhooks set url = $3, names = $4, description = $5, state = $6, failing_since = $7, look_at = now()
where tenant_id = $1 and id = $2`,
    8,
  ),
};

/** What waited while the endpoint was off is due at once, and has its day before it again. */
export const renewWaiting: Statement = {
  name: 'renew-waiting-deliveries',
  text: `
update webhook_deliveries set next_at = now(), give_up_at = null
where tenant_id = $1 and webhook_id = $2 and status = 'PENDING' and attempts > 0`,
};

export const rotateSalt: Statement = {
  name: 'rotate-webhook-salt',
  text: withEvent(
    `
update webhooks set old_salt = salt, old_until = now() + make_interval(hours => $4), salt = $3
where tenant_id = $1 and id = $2`,
    5,
  ),
};

export const deleteWebhook: Statement = {
  name: 'delete-webhook',
  text: withEvent('delete from webhooks where tenant_id = $1 and id = $2', 3),
};

export const webhookOfDelivery: Statement = {
  name: 'webhook-of-delivery',
  text: 'select webhook_id as id from webhook_deliveries where tenant_id = $1 and id = $2',
};

export const redeliver: Statement = {
  name: 'redeliver',
  text: withEvent(
    `
update webhook_deliveries set status = 'PENDING', attempts = 0, next_at = now(), give_up_at = null, delivered_at = null
where tenant_id = $1 and id = $2`,
    3,
  ),
};

/** What became of them before is forgotten: they are made of the log anew, under the same ids of events. */
export const forgetSince: Statement = {
  name: 'forget-deliveries-since',
  text: `delete from webhook_deliveries where tenant_id = $1 and webhook_id = $2 and (xact, seq) > ($3::bigint, $4::bigint)`,
};

export const moveBack: Statement = {
  name: 'move-webhook-back',
  text: withEvent(
    `
update webhooks set cursor_xact = least.xact, cursor_seq = least.seq
from (
  select xact, seq from (
    select cursor_xact, cursor_seq from webhooks where tenant_id = $1 and id = $2
    union all select $3::bigint, $4::bigint
  ) p(xact, seq) order by xact, seq limit 1
) least
where tenant_id = $1 and id = $2`,
    5,
  ),
};
