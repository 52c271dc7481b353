import { newId } from '../../domain/ids.ts';
import type { OutboxStore } from '../../domain/outbox/outbox-store.ts';
import type { Session, Statement } from '../database.ts';

/** From a rehearsal nothing leaves. $1 tenant, $2 id, $3 kind, $4 dedupe key, $5 payload, $6 due; at once is never rounded up to a moment to come. */
const put: Statement = {
  name: 'put-in-outbox',
  text: `
insert into outbox (tenant_id, id, kind, dedupe_key, payload, due_at, give_up_at, created_at)
select $1, $2, $3, $4, $5, due, due + interval '1 day', now() from (select coalesce($6::timestamptz, date_trunc('milliseconds', now())) as due) as d
where not exists (select 1 from tenants t where t.id = $1 and t.rehearses is not null)
on conflict (tenant_id, dedupe_key) where dedupe_key is not null do nothing`,
};

/** The outbox on PostgreSQL, from within a command's transaction. */
export const outboxStore = (session: Session, tenantId: string): OutboxStore => ({
  async put({ kind, dedupeKey, payload, dueAt }) {
    await session.run(put, [tenantId, newId(), kind, dedupeKey ?? null, JSON.stringify(payload), dueAt ?? null]);
  },
});
