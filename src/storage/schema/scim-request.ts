import { defineEntity, p } from '@mikro-orm/core';
import type { CountedReason } from '../../domain/requests/reasons.ts';
import { tenantWall } from './wall.ts';

/**
 * One request of a directory, redacted. Ids run with time, so that the primary key finds what is new and what is old. Bodies are JSON as
 * text: they are read back whole and never searched.
 */
export const ScimRequest = defineEntity({
  name: 'ScimRequest',
  tableName: 'scim_requests',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    directoryId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(3),
    requestId: p.text(),
    method: p.text(),
    path: p.text(),
    status: p.integer(),
    durationMs: p.double(),
    /** The person or group that it was about. */
    subjectKind: p.text().nullable(),
    subjectId: p.uuid().nullable(),
    requestBody: p.text().nullable(),
    responseBody: p.text().nullable(),
    scimType: p.text().nullable(),
    /** The transactions of its events: the beginning of their primary key. */
    transactions: p.array<string>().columnType('bigint[]'),
    /** The tenant that those events are of, where nothing was applied. */
    rehearsedIn: p.uuid().nullable(),
  },
  indexes: [
    {
      name: 'scim_requests_failed',
      expression: `create index "scim_requests_failed" on "scim_requests" ("tenant_id", "directory_id", "id") where status >= 400`,
    },
    {
      name: 'scim_requests_subject',
      expression: `create index "scim_requests_subject" on "scim_requests" ("tenant_id", "subject_id", "id") where subject_id is not null`,
    },
  ],
});

/** One working-through of a directory, counted; kept for ever, since it names nobody. */
export const SyncRun = defineEntity({
  name: 'SyncRun',
  tableName: 'sync_runs',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    directoryId: p.uuid(),
    kind: p.text(),
    startedAt: p.datetime(3),
    lastAt: p.datetime(3),
    requests: p.integer(),
    created: p.integer(),
    updated: p.integer(),
    adopted: p.integer(),
    deactivated: p.integer(),
    deleted: p.integer(),
    skipped: p.integer(),
    failed: p.integer(),
    /** What was refused, by why, as `CountedReason`. */
    reasons: p.json<CountedReason[]>().default('[]'),
    /** When its summary was written; nothing is added to it any more. */
    completedAt: p.datetime(3).nullable(),
  },
  indexes: [{ name: 'sync_runs_directory', properties: ['tenantId', 'directoryId', 'id'] }],
});
