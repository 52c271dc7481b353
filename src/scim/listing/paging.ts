import type { PageStart } from '../../domain/directories/record-reader.ts';
import { invalidValue, ScimFault } from '../faults.ts';
import type { Cursor } from './cursor.ts';
import { DEFAULT_COUNT, LARGEST_COUNT } from './limits.ts';
import type { SearchRequest } from './search-request.ts';

/** How much of a list is asked for and from where; `cursor` is null on the first page, undefined when paging by index. */
export type Paging = { start: PageStart; count: number; cursor: Cursor | null | undefined };

/**
 * Paging by index unless there is a cursor, be it empty (RFC 7644 §3.4.2.4, RFC 9865 §2). A startIndex beside a cursor is
 * refused: one of the two would have to be passed over in silence.
 */
export function pagingOf(request: SearchRequest, read: (cursor: string) => Cursor): Paging {
  if (request.cursor === undefined) {
    const startIndex = Math.max(1, integer('startIndex', request.startIndex) ?? 1);
    const count = sizeOf(integer('count', request.count));
    return { start: { offset: startIndex - 1 }, count, cursor: undefined };
  }
  if (request.startIndex !== undefined) throw invalidValue('startIndex', 'cannot go together with cursor.');
  const count = request.count?.trim() ? wholeNumber(request.count) : undefined;
  if (count === null) throw invalidCount('count must be a whole number.');
  if (request.cursor === '') return { start: { after: null }, count: sizeOf(count), cursor: null };
  const cursor = read(request.cursor);
  if (count !== undefined && sizeOf(count) !== cursor.count)
    throw invalidCount('count must be the same on all pages of a list.');
  const { side, place } = cursor;
  return { start: side === 'after' ? { after: place } : { before: place }, count: cursor.count, cursor };
}

const invalidCount = (detail: string) => new ScimFault(400, 'invalidCount', detail, 'count');

const sizeOf = (count: number | undefined): number => Math.min(Math.max(0, count ?? DEFAULT_COUNT), LARGEST_COUNT);

function integer(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const number = wholeNumber(text);
  if (number === null) throw invalidValue(name, 'must be a whole number.');
  return number;
}

/** Beyond every list; PostgreSQL can count that far. */
const FURTHEST = 2 ** 52;

function wholeNumber(text: string): number | null {
  if (!/^-?[0-9]{1,400}$/.test(text.trim())) return null;
  return Math.max(-FURTHEST, Math.min(Number(text), FURTHEST));
}
