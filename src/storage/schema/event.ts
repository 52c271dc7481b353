import { defineEntity, p } from '@mikro-orm/core';
import type { Change, RecordDifference } from '../../domain/event.ts';
import { tenantWall } from './wall.ts';

/**
 * One row per state change, written by the statement that made it. (`xact`, `seq`) is the order in which a reader who
 * holds back unfinished transactions misses nothing: `seq` alone may appear out of order.
 */
export const Event = defineEntity({
  name: 'Event',
  tableName: 'events',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    xact: p.bigint().primary().defaultRaw('((pg_current_xact_id())::text)::bigint'),
    seq: p.bigint().primary().autoincrement(),
    at: p.datetime(3),
    name: p.text(),
    actor: p.text(),
    requestId: p.text().nullable(),
    subjectKind: p.text(),
    subjectId: p.uuid(),
    /** The other side of a membership: who joined or left. */
    objectId: p.uuid().nullable(),
    changes: p.json<Change[]>(),
    /** Id of the event, request or run that was undone, where that is why. */
    cause: p.text().nullable(),
    /** What changed in a directory's record; read only to undo. */
    record: p.json<RecordDifference>().nullable(),
  },
  indexes: [
    { name: 'events_subject', properties: ['tenantId', 'subjectId', 'xact', 'seq'] },
    {
      name: 'events_object',
      expression: `create index "events_object" on "events" ("tenant_id", "object_id", "xact", "seq") where object_id is not null`,
    },
    {
      // Groups and teams themselves, apart from who joined or left: few among many.
      name: 'events_named',
      expression: `create index "events_named" on "events" ("tenant_id", "subject_id", "xact", "seq") where subject_kind in ('team', 'grp') and object_id is null`,
    },
  ],
});
