import type { Change } from '../event.ts';
import type { IdKind } from '../ids.ts';
import type { Page, Slice } from '../page.ts';

/** One row of the log as it is read; ids are stored ids, its own place is (`xact`, `seq`). */
export type EventRow = {
  xact: string;
  seq: string;
  at: string;
  name: string;
  actor: string;
  requestId: string | null;
  subjectKind: IdKind;
  subjectId: string;
  objectId: string | null;
  changes: Change[];
  /** Id of the event, request or run that it undid. */
  cause: string | null;
};

/** Names one row of the log. */
export type EventPlace = { xact: string; seq: string };

/** What leads from a request to its events: the transactions they were written in, and its id, which they name. */
export type RequestTrace = {
  requestId: string;
  transactions: readonly string[];
  /** The tenant whose log they are in, where that is a shadow. */
  rehearsedIn: string | null;
};

/** Reads the log. */
export interface EventReader {
  byPlaces(tenantId: string, places: readonly EventPlace[]): Promise<EventRow[]>;
  /**
   * Oldest first, of these names if any are given. A transaction that is under way holds back what came after it, so
   * that a reader who goes on from the last place misses nothing.
   */
  list(tenantId: string, names: readonly string[] | null, slice: Slice): Promise<Page<EventRow>>;
  /** What happened to each person, newest first; memberships too. One page for each. */
  ofUsers(tenantId: string, userIds: readonly string[], slice: Slice, limit: number): Promise<Page<EventRow>[]>;
  /** What each of these requests did, the oldest first; of each at most `most`, of all at most `limit`. */
  ofRequests(tenantId: string, requests: readonly RequestTrace[], most: number, limit: number): Promise<EventRow[][]>;
}
