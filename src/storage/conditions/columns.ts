import type { Attribute, CompareOp, Condition } from '../../domain/condition.ts';
import { invalid } from '../../domain/errors.ts';
import { type IdKind, uuidOf } from '../../domain/ids.ts';
import { keyOf } from '../../domain/key.ts';
import { compareStrings, folded } from './compare.ts';
import type { Fragments } from './fragment.ts';
import { wireText } from './wire-text.ts';

type Compare = Extract<Condition, { kind: 'compare' }>;

/** How one attribute is asked of a column. */
export type ColumnTest = (condition: Compare | 'present', sql: Fragments) => string;

/** The dotted name of an attribute. */
export const nameOf = (attribute: Attribute): string => attribute.steps.map((step) => step.name).join('.');

const order: Partial<Record<CompareOp, string>> = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** An id: whole ids are compared as they are stored, in the same order; of parts of one, the text is made. */
export const idColumn =
  (column: string, kind: IdKind): ColumnTest =>
  (condition, sql) => {
    if (condition === 'present') return 'true';
    const uuid = uuidOf(kind, condition.value);
    const sign = order[condition.op];
    if (uuid && sign) return `${column} ${sign} ${sql.bind(uuid, 'uuid')}`;
    if (condition.op === 'eq') return 'false';
    return compareStrings(wireText(column, kind), condition.op, sql.bind(String(condition.value), 'text'));
  };

/** Text that is compared as it is. */
export const exactColumn =
  (column: string): ColumnTest =>
  (condition, sql) =>
    condition === 'present'
      ? `${column} is not null and ${column} <> ''`
      : compareStrings(column, condition.op, sql.bind(String(condition.value), 'text'));

/** Text that is compared whatever its case. */
export const foldedColumn =
  (column: string): ColumnTest =>
  (condition, sql) =>
    condition === 'present'
      ? `${column} <> ''`
      : compareStrings(folded(column), condition.op, folded(sql.bind(String(condition.value), 'text')));

/** A text that is the same for all, in lower case, and compared whatever its case. */
export const constantColumn =
  (text: string): ColumnTest =>
  (condition, sql) =>
    condition === 'present' ? 'true' : foldedColumn(sql.bind(text, 'text'))(condition, sql);

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
    const sign = order[condition.op];
    if (!sign) throw invalid(['filter'], 'A time can be compared by eq, ne, gt, ge, lt, le and pr only.');
    return `${column} ${sign} ${sql.bind(condition.value, 'timestamptz')}`;
  };

/** A boolean column. */
export const booleanColumn =
  (column: string): ColumnTest =>
  (condition, sql) =>
    condition === 'present' ? 'true' : `${column} = ${sql.bind(String(condition.value) === 'true', 'boolean')}`;

/** The names of the namespaces in a JSON record. */
export const namespaceColumn =
  (record: string): ColumnTest =>
  (condition, sql) => {
    const test = condition === 'present' ? 'true' : exactColumn('k.name')(condition, sql);
    return `exists (select 1 from jsonb_object_keys(${record}) k(name) where lower(left(k.name, 4)) = 'urn:' and ${test})`;
  };
