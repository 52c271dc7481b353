import type { Actor } from './actor.ts';
import { type IdKind, wireId } from './ids.ts';
import type { Json } from './json.ts';

/** One value that a command changed. */
export type Change = {
  key: string;
  from: Json;
  to: Json;
  /** Set when the value that counts stayed the same: `from` and `to` are then the source's own words. */
  shadow?: true;
  /** What the source itself had asserted before, where that differs from `from`. */
  asserted?: Json;
};

/** One row of the log: what happened to which subject, in the past tense (`user.updated`). */
export type NewEvent = {
  name: string;
  actor: string;
  requestId: string | null;
  subjectKind: IdKind;
  subjectId: string;
  changes: Change[];
};

/** Who and which request, as every event and assertion records it. */
export type Origin = { actor: string; requestId: string | null };

/** The origin of what this actor does. */
export const originOf = (actor: Actor, requestId: string | null): Origin => ({ actor: actor.id, requestId });

/** An event about one subject. */
export const event = (
  origin: Origin,
  name: string,
  subjectKind: IdKind,
  subjectId: string,
  changes: Change[] = [],
): NewEvent => ({ ...origin, name, subjectKind, subjectId, changes });

/** The id of a subject as it stands in changes and on the wire. */
export const subjectId = (kind: IdKind, id: string): string => wireId(kind, id);
