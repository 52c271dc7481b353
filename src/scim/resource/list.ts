import { type Json, type JsonObject, sameJson } from '../../domain/json.ts';
import { invalidValue } from '../faults.ts';
import { sameText } from '../filter/folded.ts';
import type { Definition } from '../schema/definition.ts';
import { complexOf } from './complex.ts';
import { getOwn } from './own.ts';

/** Elements are compared with one another, so their number is bounded. */
export const MAX_VALUES = 200;

/** The elements of a multi-valued attribute; a single value is a list of one. Elements that say nothing are left out. */
export function listOf(definition: Definition, at: string, value: Json): JsonObject[] {
  const given = Array.isArray(value) ? value : [value];
  if (given.length > MAX_VALUES) throw invalidValue(at, `has at most ${MAX_VALUES} values.`);
  const all = given.map((element) => complexOf(definition, at, element)).filter((element) => !isHollow(element));
  // The same element twice is the element (RFC 7643 §2.4).
  const elements = [...new Map(all.map((element) => [JSON.stringify(element), element])).values()];
  return onePrimary(
    elements,
    elements.findLastIndex((element) => element.primary === true),
  );
}

/** True for an element that has lost, or never had, what makes it worth keeping. */
export const isHollow = (element: JsonObject): boolean =>
  Object.keys(element).every((name) => name === 'type' || name === 'primary');

/** The list with no other primary value than the one in that place: the last one written wins (RFC 7643 §2.4). */
export const onePrimary = (elements: JsonObject[], place: number): JsonObject[] =>
  elements.map((element, index) =>
    place >= 0 && index !== place && element.primary === true ? { ...element, primary: false } : element,
  );

/**
 * True when a new element takes the place of the one there instead of coming after it: the same value under the same type
 * or where one of them has none; where elements have no value, as addresses, the same type.
 */
export function isSameElement(there: JsonObject, given: JsonObject): boolean {
  const typeIsOpen = there.type === undefined || given.type === undefined;
  if (there.value === undefined && given.value === undefined) return isSamePart(there, given, 'type');
  return isSamePart(there, given, 'value') && (typeIsOpen || isSamePart(there, given, 'type'));
}

/** True when both elements hold the same by that name; text in any case. */
export const isSamePart = (a: JsonObject, b: JsonObject, name: string): boolean =>
  sameText(a, b, name) ?? sameJson(getOwn(a, name), getOwn(b, name));
