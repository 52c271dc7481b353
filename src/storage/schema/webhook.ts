import { defineEntity, p } from '@mikro-orm/core';
import { textArray } from './columns.ts';
import { tenantWall } from './wall.ts';

/** The worker names itself for one transaction, and takes endpoints of every tenant. */
const sentWall = () => {
  const wall = tenantWall();
  const using = "current_setting('app.outbox', true) = 'on'";
  const see = { name: 'send', command: 'select' as const, using };
  const take = { name: 'send_lease', command: 'update' as const, using, check: using };
  return { ...wall, policies: [...wall.policies, see, take] };
};

/** Where events are posted to; the secret follows from the salt and the hub's pepper. */
export const WebhookRow = defineEntity({
  name: 'WebhookRow',
  tableName: 'webhooks',
  ...sentWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    url: p.text(),
    /** Null: events of every name. */
    names: textArray().nullable(),
    description: p.text().nullable(),
    state: p.text().default('ON'),
    salt: p.uuid(),
    /** The salt before, which is signed with too until `old_until`. */
    oldSalt: p.uuid().nullable(),
    oldUntil: p.datetime(3).nullable(),
    /** The last row of the log that deliveries were made of. */
    cursorXact: p.bigint(),
    cursorSeq: p.bigint(),
    lastDeliveryAt: p.datetime(3).nullable(),
    failingSince: p.datetime(3).nullable(),
    lookAt: p.datetime(3).defaultRaw('now()'),
    /** Names one taking by one process; with `leased_until` in the past it may be taken again. */
    lease: p.uuid().nullable(),
    leasedUntil: p.datetime(3).nullable(),
    createdAt: p.datetime(3),
  },
  indexes: [
    { name: 'webhooks_due', expression: `create index "webhooks_due" on "webhooks" ("look_at") where state = 'ON'` },
  ],
});

const place = `("tenant_id", "webhook_id", "xact", "seq")`;

/** One event on its way to one endpoint. */
export const WebhookDeliveryRow = defineEntity({
  name: 'WebhookDeliveryRow',
  tableName: 'webhook_deliveries',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    webhook: () =>
      p.manyToOne(WebhookRow).joinColumns('tenant_id', 'webhook_id').updateRule('no action').deleteRule('cascade'),
    xact: p.bigint(),
    seq: p.bigint(),
    subjectId: p.uuid(),
    status: p.text().default('PENDING'),
    attempts: p.integer().default(0),
    nextAt: p.datetime(3).defaultRaw('now()'),
    /** A day after the first attempt that failed. */
    giveUpAt: p.datetime(3).nullable(),
    responseStatus: p.integer().nullable(),
    lastError: p.text().nullable(),
    deliveredAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
  indexes: [
    {
      name: 'webhook_deliveries_event_unique',
      expression: `create unique index "webhook_deliveries_event_unique" on "webhook_deliveries" ${place}`,
    },
    {
      name: 'webhook_deliveries_waiting',
      expression: `create index "webhook_deliveries_waiting" on "webhook_deliveries" ${place} where status = 'PENDING'`,
    },
    {
      name: 'webhook_deliveries_again',
      expression: `create index "webhook_deliveries_again" on "webhook_deliveries" ("tenant_id", "webhook_id", "next_at") where status = 'PENDING'`,
    },
    {
      name: 'webhook_deliveries_settled',
      expression: `create index "webhook_deliveries_settled" on "webhook_deliveries" ("tenant_id", "webhook_id", "created_at") where status <> 'PENDING'`,
    },
  ],
});
