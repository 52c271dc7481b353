import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../domain/json.ts';
import { tenantWall } from './wall.ts';

/** The worker names itself for one transaction, and takes rows of every tenant. */
const sentWall = () => {
  const wall = tenantWall();
  const using = "current_setting('app.outbox', true) = 'on'";
  const see = { name: 'send', command: 'select' as const, using };
  const take = { name: 'send_lease', command: 'update' as const, using, check: using };
  return { ...wall, policies: [...wall.policies, see, take] };
};

/** What must leave the hub, and has not yet; what was given up stays, with its last error. */
export const OutboxRow = defineEntity({
  name: 'OutboxRow',
  tableName: 'outbox',
  ...sentWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    kind: p.text(),
    dedupeKey: p.text().nullable(),
    payload: p.json<JsonObject>(),
    dueAt: p.datetime(3),
    giveUpAt: p.datetime(3),
    attempts: p.integer().default(0),
    /** Names one taking by one process; with `leased_until` in the past it may be taken again. */
    lease: p.uuid().nullable(),
    leasedUntil: p.datetime(3).nullable(),
    sentAt: p.datetime(3).nullable(),
    deadAt: p.datetime(3).nullable(),
    lastError: p.text().nullable(),
    createdAt: p.datetime(3),
  },
  indexes: [
    {
      name: 'outbox_dedupe_unique',
      expression: `create unique index "outbox_dedupe_unique" on "outbox" ("tenant_id", "dedupe_key") where dedupe_key is not null`,
    },
    {
      name: 'outbox_due',
      expression: `create index "outbox_due" on "outbox" ("due_at") where sent_at is null and dead_at is null`,
    },
    {
      name: 'outbox_dead',
      expression: `create index "outbox_dead" on "outbox" ("dead_at") where dead_at is not null`,
    },
  ],
});
