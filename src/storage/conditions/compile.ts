import type { Attribute, Condition, Step } from '../../domain/condition.ts';
import { compareText, isPresent } from './compare.ts';
import type { Fragments } from './fragment.ts';

type Compare = Extract<Condition, { kind: 'compare' }>;

/**
 * What a condition is asked of: `column` answers for attributes that are columns, with null for the others, which are
 * looked up in the JSON `record`.
 */
export type Target = {
  record: string;
  column(attribute: Attribute, condition: Compare | 'present', sql: Fragments): string | null;
  element?(attribute: Attribute, where: Condition, sql: Fragments): string | null;
};

/**
 * A condition as a boolean SQL expression, in which null means false: only `not` has to say so, and a comparison that
 * stands bare can use an index. All literals and names are bound.
 */
export function compile(condition: Condition, target: Target, sql: Fragments): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.terms.map((term) => compile(term, target, sql)).join(` ${condition.kind} `)})`;
    case 'not':
      return negation(compile(condition.term, target, sql));
    case 'element':
      return element(condition.attribute, condition.where, target, sql);
    case 'present':
      return presence(condition.attribute, target, sql);
    case 'compare':
      return comparison(condition, target, sql);
  }
}

/** `ne` is exactly "not eq", and `eq null` exactly "not present" (RFC 7644 §3.4.2.2). */
function comparison(condition: Compare, target: Target, sql: Fragments): string {
  const { attribute, op, value } = condition;
  if (op === 'ne') return negation(comparison({ ...condition, op: 'eq' }, target, sql));
  if (value === null) return op === 'eq' ? negation(presence(attribute, target, sql)) : 'false';
  const column = target.column(attribute, condition, sql);
  if (column) return `(${column})`;
  return inRecord(condition, target.record, sql);
}

/** A comparison with the JSON record, whatever columns there are. */
export const inRecord = (condition: Compare, record: string, sql: Fragments): string =>
  walk(condition.attribute.steps, record, sql, (value) => compareText(value, condition, sql));

function presence(attribute: Attribute, target: Target, sql: Fragments): string {
  const column = target.column(attribute, 'present', sql);
  if (column) return `(${column})`;
  return walk(attribute.steps, target.record, sql, isPresent);
}

function element(attribute: Attribute, where: Condition, target: Target, sql: Fragments): string {
  const own = target.element?.(attribute, where, sql);
  if (own) return own;
  const inner = (item: string) => compile(where, { record: item, column: () => null }, sql);
  const steps = attribute.steps.map((step) => ({ ...step, multiValued: true }));
  return walk(steps, target.record, sql, inner);
}

const negation = (test: string): string => `(not coalesce(${test}, false))`;

/** Leads along the steps to the JSON value that `leaf` judges; through a list, any element will do. */
function walk(steps: readonly Step[], json: string, sql: Fragments, leaf: (json: string) => string): string {
  const [step, ...rest] = steps;
  if (!step) return leaf(json);
  const value = `${json}->${sql.bind(step.name, 'text')}`;
  if (!step.multiValued) return walk(rest, `(${value})`, sql, leaf);
  const item = `item${sql.values.length}`;
  const list = `case jsonb_typeof(${value}) when 'array' then ${value} else '[]'::jsonb end`;
  return `exists (select 1 from jsonb_array_elements(${list}) as ${item} where ${walk(rest, item, sql, leaf)})`;
}
