import type { Attribute, Condition } from '../../domain/condition.ts';
import { invalid } from '../../domain/errors.ts';
import { type IdKind, uuidOf } from '../../domain/ids.ts';
import { keyOf } from '../../domain/key.ts';
import { compareStrings } from './compare.ts';
import type { Fragments } from './fragment.ts';

type Compare = Extract<Condition, { kind: 'compare' }>;

/** How one attribute is asked of a column. */
export type ColumnTest = (condition: Compare | 'present', sql: Fragments) => string;

/** The dotted name of an attribute. */
export const nameOf = (attribute: Attribute): string => attribute.steps.map((step) => step.name).join('.');

/** An id: only equality makes sense of it. */
export const idColumn =
  (column: string, kind: IdKind): ColumnTest =>
  (condition, sql) => {
    if (condition === 'present') return 'true';
    if (condition.op !== 'eq') throw invalid(['filter'], 'id can be compared by eq, ne and pr only.');
    const uuid = uuidOf(kind, condition.value);
    return uuid ? `${column} = ${sql.bind(uuid, 'uuid')}` : 'false';
  };

/** Text that is compared as it is. */
export const exactColumn =
  (column: string): ColumnTest =>
  (condition, sql) =>
    condition === 'present'
      ? `${column} is not null and ${column} <> ''`
      : compareStrings(column, condition.op, sql.bind(String(condition.value), 'text'));

/** A stored key: the literal is normalised in the same way, and equality uses the index even under the wall. */
export const keyColumn =
  (column: string): ColumnTest =>
  (condition, sql) =>
    condition === 'present'
      ? `${column} is not null`
      : compareStrings(column, condition.op, sql.bind(keyOf(String(condition.value)), 'text'));

/** A time. */
export const timeColumn =
  (column: string): ColumnTest =>
  (condition, sql) => {
    if (condition === 'present') return 'true';
    const sign = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' }[condition.op as 'eq'];
    if (!sign) throw invalid(['filter'], 'A time can be compared by eq, ne, gt, ge, lt, le and pr only.');
    return `${column} ${sign} ${sql.bind(condition.value, 'timestamptz')}`;
  };

/** A boolean column. */
export const booleanColumn =
  (column: string): ColumnTest =>
  (condition, sql) =>
    condition === 'present' ? 'true' : `${column} = ${sql.bind(String(condition.value) === 'true', 'boolean')}`;
