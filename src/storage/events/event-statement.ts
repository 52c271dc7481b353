import type { NewEvent } from '../../domain/event.ts';
import type { Statement } from '../database.ts';

/** Columns of an event after tenant_id, in the order of `eventValues`. */
export const eventColumns = [
  'at',
  'name',
  'actor',
  'request_id',
  'subject_kind',
  'subject_id',
  'object_id',
  'changes',
  'cause',
  'record',
];

const types = ['timestamptz', 'text', 'text', 'text', 'text', 'uuid', 'uuid', 'jsonb', 'text', 'jsonb'];

/** Typed placeholders of an event, from that number on. */
export const eventParams = (from: number): string => types.map((type, index) => `$${from + index}::${type}`).join(', ');

/** The values of `eventColumns`. */
export const eventValues = (event: NewEvent): unknown[] => [
  event.at,
  event.name,
  event.actor,
  event.requestId,
  event.subjectKind,
  event.subjectId,
  event.objectId ?? null,
  JSON.stringify(event.changes),
  event.cause ?? null,
  event.record ? JSON.stringify(event.record) : null,
];

/** The same for an event that there may not be: all of them null. */
export const eventValuesOrNone = (event: NewEvent | null): unknown[] =>
  event ? eventValues(event) : eventColumns.map(() => null);

/** As a column of what a statement returns: the transaction of the event it wrote, by which the log finds it again. */
export const ownTransaction = `pg_current_xact_id()::text as "loggedIn"`;

/** An event alone: a refusal, or beside other statements of one transaction. */
export const insertEvent: Statement = {
  name: 'insert-event',
  text: `insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(2)})
returning ${ownTransaction}`,
};
