import type { Command } from '../command.ts';
import { HubError, notFound } from '../errors.ts';
import { type Change, type RecordDifference } from '../event.ts';
import { changeRecord } from '../groups/change-group.ts';
import { wireId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { UndoableEvent } from './history-store.ts';
import { withoutDifference } from './record-difference.ts';
import { Rehearsed, type SubjectUndo, type Undone } from './undone.ts';

/** The most events since the first of those to undo that are looked through. */
const MOST_EVENTS = 10_000;

/**
 * Sets back what a directory's group was called and what else its record held; a team that still has the group's name
 * follows. Groups that were made or deleted stay so: what is in a directory is the directory's to say.
 */
export const undoGroup: Command<SubjectUndo, Undone> = {
  name: 'undo',
  needs: 'users:write',
  atomicity: 'transaction',
  async perform(given, { id, seqs, cause, preview }) {
    const context = { ...given, origin: { ...given.origin, cause } };
    const { tx } = context;
    const directoryId = await tx.history.directoryOfGroup(id);
    const group = directoryId && (await tx.groups.lock({ directoryId, id }));
    if (!group) throw notFound('group', wireId('grp', id));
    const wanted = new Set(seqs);
    const events = (await tx.history.since(id, seqs[0]!, MOST_EVENTS)).filter(({ seq }) => wanted.has(seq));
    const resource = events.toReversed().reduce(recordBefore, group.record.resource);
    const { displayName, externalId } = resource;
    const record = {
      displayName: typeof displayName === 'string' ? displayName : group.record.displayName,
      externalId: typeof externalId === 'string' ? externalId : null,
      resource,
    };
    await changeRecord(context, group, record);
    const undone: Undone = { kind: 'grp', id, changes: reversed(events), problems: [] };
    if (preview) throw new Rehearsed(undone);
    return undone;
  },
};

function recordBefore(record: JsonObject, { name, changes }: UndoableEvent): JsonObject {
  if (name !== 'group.updated') {
    throw new HubError('NOT_ALLOWED', `${name} cannot be undone; change the group in its directory.`, { path: ['id'] });
  }
  const before = withoutDifference(record, differenceOf(changes));
  if ('record' in before) return before.record;
  throw new HubError('VERSION_CONFLICT', `${before.unclear} was changed again and cannot be undone before that.`, {
    path: [before.unclear],
  });
}

function differenceOf(changes: readonly Change[]): RecordDifference {
  const difference: RecordDifference = { before: {}, after: {} };
  for (const { key, from, to } of changes) {
    if (from !== null) difference.before[key] = from;
    if (to !== null) difference.after[key] = to;
  }
  return difference;
}

const reversed = (events: readonly UndoableEvent[]): Change[] =>
  events.flatMap(({ changes }) => changes.map(({ key, from, to }) => ({ key, from: to, to: from })));
