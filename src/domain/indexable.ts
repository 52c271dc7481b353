import { invalid } from './errors.ts';
import { keyOf } from './key.ts';

/** What an index entry can hold beside the tenant and the directory, in bytes of UTF-8. */
const LONGEST_BYTES = 2_000;

/** The most bytes of key that one UTF-16 unit becomes: U+FDFA under NFKC. */
const LARGEST_UNIT = 33;

/** Refuses a name that is looked up by index and too long for one. */
export function demandIndexable(attribute: string, text: string | null): void {
  if (text === null || text.length * LARGEST_UNIT <= LONGEST_BYTES) return;
  if (Math.max(Buffer.byteLength(text), Buffer.byteLength(keyOf(text))) <= LONGEST_BYTES) return;
  throw invalid([attribute], `${attribute} is longer than ${LONGEST_BYTES} bytes.`);
}
