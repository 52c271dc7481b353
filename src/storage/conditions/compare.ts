import type { CompareOp, Condition } from '../../domain/condition.ts';
import type { Fragments } from './fragment.ts';

type Compare = Extract<Condition, { kind: 'compare' }>;

/** A built-in collation with simple case mapping, the same in every database. */
const FOLD = 'collate "pg_c_utf8"';

/** Text in lower case, as `fold` makes it. */
export const folded = (text: string): string => `lower(${text} ${FOLD})`;

const order: Partial<Record<CompareOp, string>> = { eq: '=', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** Compares a JSON scalar with the literal, by the attribute's type and case rule. */
export function compareText(json: string, { attribute, op, value }: Compare, sql: Fragments): string {
  const text = `(${json} #>> '{}')`;
  if (typeof value === 'boolean') return `(${text} = ${sql.bind(String(value), 'text')})`;
  if (typeof value === 'number') {
    const number = `case jsonb_typeof(${json}) when 'number' then ${text}::numeric end`;
    return `(${number} ${order[op] ?? '='} ${sql.bind(value, 'numeric')})`;
  }
  const literal = sql.bind(value, 'text');
  if (attribute.caseExact) return compareStrings(text, op, literal);
  return compareStrings(folded(text), op, folded(literal));
}

/** Compares two SQL texts; order is by code points. */
export function compareStrings(text: string, op: CompareOp, literal: string): string {
  if (op === 'co') return `(position(${literal} in ${text}) > 0)`;
  if (op === 'sw') return `starts_with(${text}, ${literal})`;
  if (op === 'ew') return `(right(${text}, length(${literal})) = ${literal})`;
  const by = op === 'eq' ? '' : ' collate "C"';
  return `(${text}${by} ${order[op]} ${literal}${by})`;
}

/** True for a value that is there and not empty (RFC 7644 §3.4.2.2 `pr`). */
export const isPresent = (json: string): string =>
  `(${json} is not null and ${json} not in ('null'::jsonb, '""'::jsonb, '[]'::jsonb, '{}'::jsonb))`;
