import type { Attribute, CompareOp, Condition, Step } from '../../domain/condition.ts';
import { utcOf } from '../../domain/date-time.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import type { ResourceType } from '../schema/urns.ts';
import { comparable, compareText } from './fold.ts';
import { foldedIn } from './folded.ts';

type Compare = Extract<Condition, { kind: 'compare' }>;

/** What the paths in a condition are relative to. */
type Place = { readonly resourceType: ResourceType; readonly path: string };

/**
 * Whether the record answers the question (RFC 7644 §3.4.2.2): of a list, any value may; `ne` is exactly `not eq`, so it
 * is true where there is no value. `path` leads to the record when it is an element of a list.
 */
export const matches = (
  condition: Condition,
  record: JsonObject,
  resourceType: ResourceType = 'User',
  path = '',
): boolean => holds(condition, record, { resourceType, path });

function holds(condition: Condition, record: JsonObject, place: Place): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.terms.every((term) => holds(term, record, place));
    case 'or':
      return condition.terms.some((term) => holds(term, record, place));
    case 'not':
      return !holds(condition.term, record, place);
    case 'present':
      return valuesAt(record, condition.attribute.steps).some(isPresent);
    case 'element': {
      const inside = { ...place, path: pathOf(condition.attribute, place) };
      const elements = valuesAt(record, condition.attribute.steps);
      return elements.some((element) => isJsonObject(element) && holds(condition.where, element, inside));
    }
    case 'compare': {
      const { attribute, op } = condition;
      const wanted = op === 'ne' ? 'eq' : op;
      const found = valuesAt(record, attribute.steps).some((held) => compare(condition, wanted, held, record, place));
      return op === 'ne' ? !found : found;
    }
  }
}

/** Every value at the end of the steps: none, one, or one for each element on the way. */
function valuesAt(record: JsonObject, steps: readonly Step[]): Json[] {
  let values: Json[] = [record];
  for (const { name } of steps) {
    const next: Json[] = [];
    for (const value of values) {
      if (!isJsonObject(value) || !Object.hasOwn(value, name)) continue;
      const held = value[name]!;
      if (Array.isArray(held)) next.push(...held);
      else next.push(held);
    }
    values = next;
  }
  return values;
}

function isPresent(value: Json): boolean {
  if (value === null || value === '') return false;
  return typeof value !== 'object' || (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
}

function compare(condition: Compare, op: CompareOp, held: Json, record: JsonObject, place: Place): boolean {
  const { attribute, value: wanted } = condition;
  if (held === null || wanted === null || typeof held === 'object') return false;
  if (typeof wanted === 'boolean') return op === 'eq' && held === wanted;
  if (typeof wanted === 'number') return typeof held === 'number' && ordered(op, held - wanted);
  if (attribute.type === 'dateTime') {
    const instant = typeof held === 'string' ? utcOf(held) : null;
    return instant !== null && ordered(op, compareText(instant, wanted));
  }
  const [left, right] = texts(condition, wanted, held, record, place);
  if (op === 'co') return left.includes(right);
  if (op === 'sw') return left.startsWith(right);
  if (op === 'ew') return left.endsWith(right);
  return op === 'eq' ? left === right : ordered(op, compareText(left, right));
}

/** Both sides as they are compared. A part of an element is asked for again and again, so its form is kept. */
function texts(condition: Compare, wanted: string, held: Json, record: JsonObject, place: Place): [string, string] {
  const { attribute } = condition;
  const name = attribute.steps[0]?.name ?? '';
  const isOfElement = place.path !== '' && attribute.steps.length === 1 && record[name] === held;
  if (isOfElement && !attribute.caseExact && typeof held === 'string')
    return [foldedIn(record, name, held), foldedIn(condition, 'value', wanted)];
  const path = pathOf(attribute, place);
  const form = (text: string) => comparable(place.resourceType, path, attribute.caseExact, text);
  return [form(String(held)), form(wanted)];
}

function ordered(op: CompareOp, difference: number): boolean {
  if (op === 'eq') return difference === 0;
  if (op === 'gt') return difference > 0;
  if (op === 'ge') return difference >= 0;
  if (op === 'lt') return difference < 0;
  return op === 'le' && difference <= 0;
}

const pathOf = (attribute: Attribute, place: Place): string => {
  const path = attribute.steps.map((step) => step.name).join('.');
  return place.path === '' ? path : `${place.path}.${path}`;
};
