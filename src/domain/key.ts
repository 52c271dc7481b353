import { invalid } from './errors.ts';

/**
 * The one normaliser of names that must be found whatever their case or width: NFKC, then lower case, then NFKC. A sigma
 * is the same at the end of a word as within it. Its result is stored and never computed again in SQL, where lower()
 * disagrees with JavaScript.
 */
export const keyOf = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');

/** What is unique stands whole in an index, and a B-tree entry must stay under 2,700 bytes. */
const LONGEST_BYTES = 2_000;

/** Refuses a name or id that must be unique and is too long to be; throws INVALID_INPUT naming the attribute. */
export function demandIndexable(attribute: string, text: string | null): void {
  if (text === null || text.length * 33 <= LONGEST_BYTES) return; // A key has at most 33 bytes for each UTF-16 unit.
  const longest = Math.max(Buffer.byteLength(text), Buffer.byteLength(keyOf(text)));
  if (longest > LONGEST_BYTES) throw invalid([attribute], `${attribute} is longer than ${LONGEST_BYTES} bytes.`);
}
