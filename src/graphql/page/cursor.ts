import { invalid } from '../../domain/errors.ts';
import type { Place, Slice } from '../../domain/page.ts';
import { isStorable } from '../../domain/users/check-value.ts';
import type { Selection } from '../selection.ts';

/** What one part of a place may look like. */
export type PlacePart = 'text' | 'time' | 'id' | 'number';

/** A list's order: its name, which a cursor carries so that it fits no other list, and the parts of a place in it. */
export type ListOrder = { name: string; parts: readonly PlacePart[] };

/** The opaque text of a place. */
export const encodeCursor = (order: ListOrder, place: Place): string =>
  Buffer.from(JSON.stringify([order.name, ...place])).toString('base64url');

type SliceArgs = { first?: number | null; after?: string | null };

/** The longest page. */
export const MOST_LISTED = 100;
/** How many a list shows when the caller sends null: the default of `first` is for those who send nothing. */
export const USUALLY_LISTED = 25;
const LONGEST = 4_000;

/** The slice that `first` and `after` ask for; refuses numbers out of bounds and cursors of other lists. */
export function sliceOf(args: SliceArgs, order: ListOrder, { names }: Selection): Slice {
  const { after } = args;
  const first = args.first ?? USUALLY_LISTED;
  if (first < 1 || first > MOST_LISTED)
    throw invalid(['first'], `first must be from 1 to ${MOST_LISTED}, not ${first}.`);
  const placed = names.has('edges') || names.has('pageInfo');
  return { first, after: after === undefined || after === null ? null : decodeCursor(after, order), placed };
}

function decodeCursor(cursor: string, { name, parts }: ListOrder): Place {
  const read = cursor.length <= LONGEST ? parse(cursor) : null;
  const isPlace =
    Array.isArray(read) &&
    read.length === parts.length + 1 &&
    read[0] === name &&
    parts.every((part, index) => typeof read[index + 1] === 'string' && forms[part](read[index + 1]));
  if (!isPlace) throw invalid(['after'], 'after is not a cursor of this list in this order.');
  return (read as string[]).slice(1);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

const forms: Record<PlacePart, (value: string) => boolean> = {
  text: isStorable,
  time: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  id: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  number: (value) => /^\d{1,18}$/.test(value),
};
