import { uuidOf } from '../../domain/ids.ts';
import { keyOf } from '../../domain/key.ts';

/** Texts that mean people, with each way to read them: as they are, as stored ids or null, as userName keys. */
export type References = { texts: readonly string[]; ids: (string | null)[]; keys: string[] };

/** Each text in the three ways in which it may name a person. */
export const referenceValues = (texts: readonly string[]): References => ({
  texts,
  ids: texts.map((text) => uuidOf('usr', text)),
  keys: texts.map(keyOf),
});
