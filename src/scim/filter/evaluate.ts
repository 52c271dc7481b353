import type { Attribute, CompareOp, Condition, Literal, Step } from '../../domain/condition.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import type { ResourceType } from '../schema/urns.ts';
import { utcOf } from './date-time.ts';
import { comparable, compareText } from './fold.ts';

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
      const { attribute, op, value } = condition;
      const wanted = op === 'ne' ? 'eq' : op;
      const found = valuesAt(record, attribute.steps).some((held) => compare(attribute, wanted, held, value, place));
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

function compare(attribute: Attribute, op: CompareOp, held: Json, wanted: Literal, place: Place): boolean {
  if (held === null || wanted === null || typeof held === 'object') return false;
  if (typeof wanted === 'boolean') return op === 'eq' && held === wanted;
  if (typeof wanted === 'number') return typeof held === 'number' && ordered(op, held - wanted);
  if (attribute.type === 'dateTime') {
    const instant = typeof held === 'string' ? utcOf(held) : null;
    return instant !== null && ordered(op, compareText(instant, wanted));
  }
  const path = pathOf(attribute, place);
  const left = comparable(place.resourceType, path, attribute.caseExact, String(held));
  const right = comparable(place.resourceType, path, attribute.caseExact, wanted);
  if (op === 'co') return left.includes(right);
  if (op === 'sw') return left.startsWith(right);
  if (op === 'ew') return left.endsWith(right);
  return op === 'eq' ? left === right : ordered(op, compareText(left, right));
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
