import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../domain/json.ts';
import { textArray } from './columns.ts';
import { tenantWall } from './wall.ts';

/** Whoever looks after directories names itself for one transaction, and sees which of all tenants are due. */
const lookedAfterWall = () => {
  const wall = tenantWall();
  const sweep = { name: 'sweep', command: 'select' as const, using: "current_setting('app.sweep', true) = 'on'" };
  return { ...wall, policies: [...wall.policies, sweep] };
};

/** What is watched of a directory and is not counted in its runs; `look_at` is when it is looked at next. */
export const DirectoryHealth = defineEntity({
  name: 'DirectoryHealth',
  tableName: 'directory_health',
  ...lookedAfterWall(),
  properties: {
    tenantId: p.uuid().primary(),
    directoryId: p.uuid().primary(),
    lookAt: p.datetime(3).defaultRaw('now()'),
    testedAt: p.datetime(3).nullable(),
    /** When it last failed to sign in, and why. */
    refusedAt: p.datetime(3).nullable(),
    refusedFor: p.text().nullable(),
  },
  indexes: [{ name: 'directory_health_due', properties: ['lookAt'] }],
});

/** What people were told of, once; open until it is over. */
export const Notice = defineEntity({
  name: 'Notice',
  tableName: 'notices',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    directoryId: p.uuid().nullable(),
    kind: p.text(),
    /** What of that kind can be open only once. */
    dedupeKey: p.text(),
    facts: p.json<JsonObject>(),
    openedAt: p.datetime(3),
    closedAt: p.datetime(3).nullable(),
  },
  indexes: [
    {
      name: 'notices_open_unique',
      expression: `create unique index "notices_open_unique" on "notices" ("tenant_id", "kind", "dedupe_key") where closed_at is null`,
    },
    { name: 'notices_directory', properties: ['tenantId', 'directoryId', 'id'] },
  ],
});

/** Whom a tenant's notices go to. The secret of the webhook follows from the salt and the hub's pepper. */
export const NoticeRecipients = defineEntity({
  name: 'NoticeRecipients',
  tableName: 'notice_recipients',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    emails: textArray(),
    language: p.text(),
    webhookUrl: p.text().nullable(),
    webhookSalt: p.uuid().nullable(),
  },
});
