import type { Statement } from '../database.ts';

/** The wall then lets the outbox of every tenant through, for as long as the transaction. */
export const sending: Statement = { name: 'name-outbox', text: `select set_config('app.outbox', 'on', true)` };

/** How long a row is one process's: a killed one's rows are taken up again after that. */
const LEASE = `interval '1 minute'`;

const isWaiting = 'sent_at is null and dead_at is null';

/** $1 how many, $2 name of the lease. */
export const leaseDue: Statement = {
  name: 'lease-outbox',
  text: `
update outbox o set leased_until = now() + ${LEASE}, lease = $2, attempts = o.attempts + 1
from (
  select tenant_id, id from outbox
  where ${isWaiting} and due_at <= now() and (leased_until is null or leased_until <= now())
  order by due_at limit $1 for update skip locked
) due
where o.tenant_id = due.tenant_id and o.id = due.id
returning o.tenant_id as "tenantId", o.id, o.kind, o.payload, o.attempts, o.lease`,
};

/** $1 tenant, $2 id, $3 lease: a row that is still this process's own. */
const own = 'tenant_id = $1 and id = $2 and lease = $3';

export const extendLease: Statement = {
  name: 'extend-outbox-lease',
  text: `update outbox set leased_until = now() + ${LEASE} where ${own}`,
};

export const deleteSent: Statement = {
  name: 'delete-sent',
  text: `delete from outbox where ${own} and dedupe_key is null`,
};

export const emptySent: Statement = {
  name: 'empty-sent',
  text: `
update outbox set sent_at = now(), payload = '{}', lease = null, leased_until = null, last_error = null
where ${own} and dedupe_key is not null`,
};

/** $4 reason, $5 seconds until the next time, $6 whether there is none. */
export const putBack: Statement = {
  name: 'put-back-in-outbox',
  text: `
update outbox set lease = null, leased_until = null, last_error = $4, due_at = now() + make_interval(secs => $5),
  dead_at = case when $6 or now() + make_interval(secs => $5) > give_up_at then now() end
where ${own}`,
};

export const countOutbox: Statement = {
  name: 'count-outbox',
  text: `
select (select count(*) from outbox where ${isWaiting})::int as waiting,
  (select count(*) from outbox where dead_at is not null)::int as dead`,
};
