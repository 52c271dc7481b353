import { demandWithin, type Page, type Slice } from '../domain/page.ts';
import type { Fragments } from './conditions/fragment.ts';

export type SortType = 'text' | 'uuid' | 'timestamptz' | 'bigint' | 'numeric' | 'boolean';

/** One part of an order: the SQL of a sort key, its type, and its direction. */
export type SortKey = { sql: string; type: SortType; descending: boolean };

/** `order by` of these keys. */
export const orderBy = (keys: readonly SortKey[]): string =>
  `order by ${keys.map((key) => `${key.sql}${key.descending ? ' desc' : ''}`).join(', ')}`;

/** The sort keys as columns, from which the place of a row is made; nothing where places are not asked for. */
export const placeColumns = (keys: readonly SortKey[], { placed }: Slice): string =>
  placed ? keys.map((key, index) => `, ${key.sql} as "k${index}"`).join('') : '';

/** The names of `placeColumns`. */
export const placeNames = (keys: readonly SortKey[], { placed }: Slice): string[] =>
  placed ? keys.map((_, index) => `k${index}`) : [];

/** Rows beyond that place: one comparison of rows, which an index serves, where all keys run in one direction. */
export function beyond(keys: readonly SortKey[], { after }: Slice, sql: Fragments): string {
  if (!after) return '';
  const bound = keys.map((key, index) => sql.bind(after[index], key.type));
  if (keys.every((key) => key.descending === keys[0]!.descending)) {
    return `and (${keys.map((key) => key.sql).join(', ')}) ${sign(keys[0]!)} (${bound.join(', ')})`;
  }
  const ways = keys.map((key, index) => {
    const same = keys.slice(0, index).map((other, place) => `${other.sql} = ${bound[place]}`);
    return `(${[...same, `${key.sql} ${sign(key)} ${bound[index]}`].join(' and ')})`;
  });
  return `and (${ways.join(' or ')})`;
}

const sign = (key: SortKey): string => (key.descending ? '<' : '>');

/**
 * One row more than the page, written out: page sizes are few, and with the number in the text PostgreSQL plans once
 * instead of with each request.
 */
export const limitOf = ({ first }: Slice): string => `limit ${Math.trunc(first) + 1}`;

/** A page of rows that were asked for with one more than `first`. */
export function pageOf<Row extends object>(rows: Row[], { first, placed }: Slice, keyCount: number): Page<Row> {
  const hasNext = rows.length > first;
  if (hasNext) rows.length = first;
  return { rows, places: placed ? rows.map((row) => placeOf(row, keyCount)) : [], hasNext };
}

function placeOf(row: object, keyCount: number): string[] {
  const keyed = row as Record<string, string>;
  const place: string[] = [];
  for (let index = 0; index < keyCount; index++) place.push(keyed[`k${index}`]!);
  return place;
}

/** Rows of several owners, each with the number `n` of its owner from 1, as one page for each owner. */
export function pagesOf<Row extends { n: number }>(
  rows: readonly Row[],
  owners: number,
  slice: Slice,
  keyCount: number,
  limit: number,
): Page<Row>[] {
  demandWithin(rows.length, limit);
  const lists = Array.from({ length: owners }, () => [] as Row[]);
  for (const row of rows) lists[row.n - 1]!.push(row);
  return lists.map((list) => pageOf(list, slice, keyCount));
}
