import { actorName } from './acting.ts';
import type { Actor } from './actor.ts';
import type { IdKind } from './ids.ts';
import type { Json, JsonObject } from './json.ts';

/** One value that a command changed. */
export type Change = {
  key: string;
  from: Json;
  to: Json;
  /** Set when the value that counts stayed the same: `from` and `to` are then the source's own words. */
  shadow?: true;
  /** What the source itself had asserted before, where that differs from `from`. */
  asserted?: Json;
  /** Whose word it was, where that is not the actor's own: a source's id; null: what counts was computed anew. */
  source?: string | null;
  /** The order in time of the word that the source had given before; absent: it had given none. */
  replaced?: number;
  /** Set when the source took its word back, and says nothing of the field any more. */
  withdrawn?: true;
  /** Set for an attribute of a directory's record that is no field, such as roles. */
  attribute?: true;
};

/** Attributes of a directory's record that changed, whole: what they held before, and after; null: nothing. */
export type RecordDifference = { before: JsonObject; after: JsonObject };

/** One row of the log: what happened to which subject, in the past tense (`user.updated`). */
export type NewEvent = {
  name: string;
  actor: string;
  requestId: string | null;
  at: string;
  subjectKind: IdKind;
  subjectId: string;
  /** The other side of a membership: who joined or left. */
  objectId?: string;
  changes: Change[];
  /** Id of the event, request or run that this undoes, or of the rehearsal that this carries out. */
  cause?: string | null;
  record?: RecordDifference;
};

/** Who, in which request and when, as every event and assertion records it. */
export type Origin = { actor: string; requestId: string | null; at: string; cause?: string | null };

/** The origin of what this actor does now. */
export const originOf = (actor: Actor, requestId: string | null, cause: string | null = null): Origin => ({
  actor: actorName(actor),
  requestId,
  at: new Date().toISOString(),
  cause,
});

/** An event about one subject. */
export const event = (
  origin: Origin,
  name: string,
  subjectKind: IdKind,
  subjectId: string,
  changes: Change[] = [],
): NewEvent => ({ ...origin, name, subjectKind, subjectId, changes });
