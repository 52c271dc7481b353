import type { Webhook, WebhookDelivery } from '../../domain/webhooks/webhook.ts';
import type { WebhookReader } from '../../domain/webhooks/webhook-store.ts';
import { Fragments } from '../conditions/fragment.ts';
import type { Database, Statement } from '../database.ts';
import { beyond, orderBy, pagesOf, placeColumns, type SortKey } from '../pages.ts';
import { askShape } from '../shapes.ts';
import { webhookColumns } from './webhook-statements.ts';

const deliveryColumns = `
d.id, d.xact, d.seq, d.status, d.attempts, d.response_status as "responseStatus", d.last_error as "lastError",
case when d.status = 'PENDING' then d.next_at end as "nextAt", d.delivered_at as "deliveredAt"`;

const newestFirst: SortKey[] = [
  { sql: 'd.xact', type: 'bigint', descending: true },
  { sql: 'd.seq', type: 'bigint', descending: true },
];

const list: Statement = {
  name: 'list-webhooks',
  text: `select ${webhookColumns} from webhooks w where w.tenant_id = $1 order by w.id`,
};

const byIds: Statement = {
  name: 'webhooks-by-ids',
  text: `select ${webhookColumns} from webhooks w where w.tenant_id = $1 and w.id = any($2::uuid[])`,
};

const deliveriesByIds: Statement = {
  name: 'webhook-deliveries-by-ids',
  text: `select ${deliveryColumns} from webhook_deliveries d where d.tenant_id = $1 and d.id = any($2::uuid[])`,
};

/** Endpoints and deliveries as rooms show them. */
export const webhookReader = (database: Database): WebhookReader => ({
  list: (tenantId) => database.session(tenantId, (session) => session.run<Webhook>(list, [tenantId])),
  byIds: (tenantId, ids) => database.session(tenantId, (session) => session.run<Webhook>(byIds, [tenantId, ids])),
  deliveriesByIds: (tenantId, ids) =>
    database.session(tenantId, (session) => session.run<WebhookDelivery>(deliveriesByIds, [tenantId, ids])),
  deliveriesOf: (tenantId, ids, slice, limit) =>
    database.session(tenantId, async (session) => {
      const sql = new Fragments([tenantId, ids]);
      const after = beyond(newestFirst, slice, sql);
      const most = sql.bind(slice.first + 1, 'int');
      const text = `
select o.n::int as n, m.* from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  select ${deliveryColumns}${placeColumns(newestFirst, slice)} from webhook_deliveries d
  where d.tenant_id = $1 and d.webhook_id = o.id ${after} ${orderBy(newestFirst)} limit ${most}
) m limit ${sql.bind(limit + 1, 'int')}`;
      const rows = await askShape<WebhookDelivery & { n: number }>(session, { text, values: sql.values });
      return pagesOf(rows, ids.length, slice, newestFirst.length, limit);
    }),
});
