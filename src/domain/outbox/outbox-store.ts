import type { JsonObject } from '../json.ts';

/** Something that must leave the hub. `kind` names who sends it; a payload holds ids, and no secret. */
export type Outgoing = {
  kind: string;
  /** What was put under the same key before is not put again, sent or not. */
  dedupeKey?: string;
  payload: JsonObject;
  /** Not before then; absent: at once. */
  dueAt?: string;
};

/** Puts aside what is sent once the transaction has come through, and not at all otherwise. */
export interface OutboxStore {
  put(outgoing: Outgoing): Promise<void>;
}
