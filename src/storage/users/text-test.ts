import { keyOf } from '../../domain/key.ts';
import type { TextTest } from '../../domain/users/user-condition.ts';
import type { Fragments } from '../conditions/fragment.ts';
import { searchKey } from './user-columns.ts';

/** A column of text: plain, or one that holds the keys of another. `present` is the SQL of "there is a value". */
export type TextColumn = { sql: string; key: 'whole' | 'cut' | ((text: string) => string) | null; present: string };

/** The test as SQL, true or not true; equality and beginnings of keys are ranges, which an index serves. */
export function textTest(column: TextColumn, test: TextTest, sql: Fragments): string {
  const bind = (text: string) => sql.bind(normalise(column, text), 'text');
  const terms: string[] = [];
  if (test.eq !== undefined) terms.push(`${column.sql} = ${bind(test.eq)}`);
  if (test.in) {
    const list = test.in.map((text) => normalise(column, text));
    terms.push(`${column.sql} = any(${sql.bind(list, 'text[]')})`);
  }
  if (test.startsWith !== undefined) terms.push(...begins(column, normalise(column, test.startsWith), sql));
  if (test.contains !== undefined) terms.push(`position(${bind(test.contains)} in ${column.sql}) > 0`);
  if (terms.length > 0 && column.present !== 'true') terms.unshift(column.present);
  if (test.isNull !== undefined) terms.push(test.isNull ? `not (${column.present})` : column.present);
  return terms.length === 0 ? 'true' : `(${terms.join(' and ')})`;
}

function normalise({ key }: TextColumn, text: string): string {
  if (key === null) return text;
  if (typeof key === 'function') return key(text);
  return key === 'cut' ? searchKey(text) : keyOf(text);
}

function begins({ sql: column, key }: TextColumn, prefix: string, sql: Fragments): string[] {
  if (key === null) return [`starts_with(${column}, ${sql.bind(prefix, 'text')})`];
  const end = endOf(prefix);
  const from = `${column} >= ${sql.bind(prefix, 'text')}`;
  return end === null ? [from] : [from, `${column} < ${sql.bind(end, 'text')}`];
}

/** The least text after all that begin with that prefix, by code points; null when there is none. */
export function endOf(prefix: string): string | null {
  const points = Array.from(prefix, (char) => char.codePointAt(0)!);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // Surrogates are no code points of their own and cannot be stored.
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return null;
}
