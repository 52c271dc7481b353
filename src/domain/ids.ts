import { v7 } from 'uuid';

/** What an id names; the first part of it on the wire. */
export type IdKind =
  | 'tnt'
  | 'usr'
  | 'team'
  | 'dir'
  | 'grp'
  | 'role'
  | 'rule'
  | 'key'
  | 'sec'
  | 'evt'
  | 'fld'
  | 'req'
  | 'run'
  | 'adr'
  | 'ntc'
  | 'hook'
  | 'dlv';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SHAPE = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** A new id as it is stored: a UUID of version 7, so that ids sort by age. */
export const newId = (): string => v7();

/** Two digits of base 32 for each number below 1,024: lists make thousands of ids. */
const PAIRS = Array.from({ length: 1024 }, (_, number) => ALPHABET[number >> 5]! + ALPHABET[number & 31]!);

/** The value of each hexadecimal digit by its character code. */
const NIBBLES = new Uint8Array(128);
for (const [value, digit] of [...'0123456789abcdef'].entries()) NIBBLES[digit.charCodeAt(0)] = value;

/** Where the digits of a UUID stand between its dashes. */
const PLACES = [...'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'].flatMap((char, place) => (char === 'x' ? [place] : []));

/** The id as it goes over the wire: `usr_` and 26 characters of Crockford's base 32, in the order of the UUIDs. */
export function wireId(kind: IdKind, uuid: string): string {
  // 128 bits: the first 8 make two digits, then each 20 bits make four.
  let text = `${kind}_${PAIRS[bitsAt(uuid, 0, 2)]}`;
  for (let digit = 2; digit < 32; digit += 5) {
    const bits = bitsAt(uuid, digit, 5);
    text += PAIRS[bits >> 10]! + PAIRS[bits & 1023]!;
  }
  return text;
}

function bitsAt(uuid: string, digit: number, count: number): number {
  let bits = 0;
  for (let index = digit; index < digit + count; index++)
    bits = (bits << 4) | NIBBLES[uuid.charCodeAt(PLACES[index]!)]!;
  return bits;
}

/** The stored UUID of a wire id of that kind; null for anything else, whatever it looks like. */
export function uuidOf(kind: IdKind, id: unknown): string | null {
  if (typeof id !== 'string' || !id.startsWith(`${kind}_`)) return null;
  const text = id.slice(kind.length + 1);
  if (!SHAPE.test(text)) return null;
  let number = 0n;
  for (const char of text) number = (number << 5n) | BigInt(ALPHABET.indexOf(char));
  const hex = number.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The kind an id claims to be of, or null. */
export function kindOf(id: string): string | null {
  const end = id.indexOf('_');
  return end > 0 ? id.slice(0, end) : null;
}
