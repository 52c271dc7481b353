import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { invalidValue, noTarget } from '../faults.ts';
import { matches } from '../filter/evaluate.ts';
import { complexOf } from '../resource/complex.ts';
import { isHollow, isSameElement, isSamePart, listOf, MAX_VALUES, onePrimary } from '../resource/list.ts';
import { nameIn } from '../resource/own.ts';
import { isEmpty, single } from '../resource/scalar.ts';
import { seedOf } from './seed.ts';
import type { AttributeWrite } from './write.ts';

/** A multi-valued attribute after a write; undefined when nothing is left of it. The list given stays as it is. */
export function nextList(current: Json | undefined, write: AttributeWrite): Json | undefined {
  const there = elementsOf(current);
  const next = write.where || write.ref.sub ? nextElements(there, write) : nextWhole(there, write);
  if (next.length > MAX_VALUES) throw invalidValue(write.at, `has at most ${MAX_VALUES} values.`);
  return next.length > 0 ? next : undefined;
}

const elementsOf = (current: Json | undefined): JsonObject[] =>
  (Array.isArray(current) ? current : [current]).filter((element) => isJsonObject(element));

function nextWhole(there: JsonObject[], { op, ref, value, at }: AttributeWrite): JsonObject[] {
  if (op === 'remove') return value === undefined || value === null ? [] : without(there, value, { ref, at });
  // An empty list adds nothing; null and "" say that there is no value (entra.md B26).
  if (op === 'add' && typeof value === 'object' && value !== null && isEmpty(value)) return there;
  if (isEmpty(value)) return [];
  const given = listOf(ref.definition!, at, value!);
  return op === 'replace' ? given : given.reduce(added, there);
}

/** A remove with a list takes away only what is in it (entra.md C8); a part that is not given may be anything. */
function without(there: JsonObject[], value: Json, { ref, at }: Pick<AttributeWrite, 'ref' | 'at'>): JsonObject[] {
  const given = (Array.isArray(value) ? value : [value]).map((one) => complexOf(ref.definition!, at, one));
  const named = given.filter((one) => Object.keys(one).length > 0);
  return there.filter((element) => !named.some((one) => hasParts(element, one)));
}

const hasParts = (element: JsonObject, parts: JsonObject): boolean =>
  Object.keys(parts).every((name) => isSamePart(element, parts, name));

function added(there: JsonObject[], given: JsonObject): JsonObject[] {
  const place = there.findIndex((element) => isSameElement(element, given));
  if (place < 0) return appended(there, given);
  const next = there.with(place, { ...there[place], ...given });
  return given.primary === true ? onePrimary(next, place) : next;
}

const appended = (there: JsonObject[], given: JsonObject): JsonObject[] =>
  given.primary === true ? onePrimary([...there, given], there.length) : [...there, given];

function nextElements(there: JsonObject[], write: AttributeWrite): JsonObject[] {
  const { op, ref, where, at } = write;
  const value = ref.sub?.definition ? single(write.value) : write.value;
  const chosen = (element: JsonObject) => where === null || matches(where, element, 'User', ref.name);
  if (op === 'remove' || isEmpty(value))
    return there.flatMap((element) => (chosen(element) ? cleared(element, write) : [element]));
  const parts = complexOf(ref.definition!, at, ref.sub ? { [ref.sub.name]: value! } : value!);
  const seed = where === null ? {} : seedOf(where);
  const places = there.flatMap((element, index) => (chosen(element) ? [index] : []));
  if (places.length === 0) {
    if (seed === null) throw noTarget(write.path);
    // Nothing was said of the element but how to find it.
    if (Object.keys(parts).length === 0) return there;
    const made = { ...seed, ...parts };
    // Without a value nothing says that it is one of those there.
    return made.value === undefined ? appended(there, made) : added(there, made);
  }
  // A replace of whole elements leaves of them only what chose them; a part that is written leaves the others (entra.md B22).
  const base = (element: JsonObject) => (op === 'replace' && ref.sub === null ? seed : element);
  const next = there.map((element, index) => (places.includes(index) ? { ...base(element), ...parts } : element));
  return parts.primary === true ? onePrimary(next, places.at(-1)!) : next;
}

/** What is left of an element when the write takes it, or a part of it, away. */
function cleared(element: JsonObject, { ref: { sub } }: AttributeWrite): JsonObject[] {
  if (!sub) return [];
  const { [nameIn(element, sub.name)]: _gone, ...left } = element;
  return isHollow(left) ? [] : [left];
}
