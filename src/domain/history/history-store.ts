import type { RecordDifference } from '../event.ts';
import type { EventPlace, EventRow } from '../events/event-reader.ts';
import type { Person } from '../users/person.ts';

/** An event with everything that it takes to undo it. */
export type UndoableEvent = EventRow & { record: RecordDifference | null };

/** The events of one person or group among those of a request or run, by `seq`. */
export type Trace = { kind: 'usr' | 'grp'; id: string; seqs: string[] };

/** What undoing reads of the past. */
export interface HistoryStore {
  event(place: EventPlace): Promise<EventRow | null>;
  /** The person, deleted or not, and locked; their sources with those whose links ended at these moments. */
  lock(userId: string, endedAt: readonly string[]): Promise<Person | null>;
  /** The last deletion of a person who is deleted. */
  lastDeletion(userId: string): Promise<EventPlace>;
  /** What happened to the person from that event on, the oldest first; at most `most`. */
  since(userId: string, seq: string, most: number): Promise<UndoableEvent[]>;
  /** Whom and which groups that request of the log changed, in order; null when there is no such request. */
  traceOfRequest(id: string): Promise<Trace[] | null>;
  traceOfRun(id: string): Promise<Trace[] | null>;
  /** The directory that holds the group, or null. */
  directoryOfGroup(id: string): Promise<string | null>;
}
