import type { RecordDifference } from '../event.ts';
import { isJsonObject, type Json, type JsonObject, sameJson } from '../json.ts';

/** The attributes in which two records differ, whole. */
export function recordDifference(before: JsonObject, after: JsonObject): RecordDifference {
  const difference: RecordDifference = { before: {}, after: {} };
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, young] = [own(before, name), own(after, name)];
    if (sameJson(old, young)) continue;
    if (old !== undefined) difference.before[name] = old;
    if (young !== undefined) difference.after[name] = young;
  }
  return difference;
}

/** The record without that change, whatever else has changed since; or the attribute in which that cannot be told. */
export function withoutDifference(
  record: JsonObject,
  { before, after }: RecordDifference,
): { record: JsonObject } | { unclear: string } {
  const changed = { ...record };
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = reverse(own(record, name), own(before, name), own(after, name));
    if (value === UNCLEAR) return { unclear: name };
    if (value === undefined) delete changed[name];
    else changed[name] = value;
  }
  return { record: changed };
}

const UNCLEAR = Symbol('unclear');

const own = (holder: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(holder, name) ? holder[name] : undefined;

/** `current` with what became `after` set back to `before`: members of objects and elements of lists one by one. */
function reverse(
  current: Json | undefined,
  before: Json | undefined,
  after: Json | undefined,
): Json | undefined | typeof UNCLEAR {
  if (sameJson(before, after)) return current;
  if (sameJson(current, after)) return before;
  if (Array.isArray(current)) return reverseList(current, before, after);
  if (!isJsonObject(current)) return UNCLEAR;
  const [old, young] = [before ?? {}, after ?? {}];
  if (!isJsonObject(old) || !isJsonObject(young)) return UNCLEAR;
  const changed = { ...current };
  for (const name of new Set([...Object.keys(old), ...Object.keys(young)])) {
    const value = reverse(own(current, name), own(old, name), own(young, name));
    if (value === UNCLEAR) return UNCLEAR;
    if (value === undefined) delete changed[name];
    else changed[name] = value;
  }
  return before === undefined && Object.keys(changed).length === 0 ? undefined : changed;
}

function reverseList(current: Json[], earlier: Json | undefined, after: Json = []): Json | undefined | typeof UNCLEAR {
  const before = earlier ?? [];
  if (!Array.isArray(before) || !Array.isArray(after)) return UNCLEAR;
  const came = without(after, before);
  const went = without(before, after);
  const place = came.length > 0 ? current.findIndex((element) => isIn(came, element)) : current.length;
  if (!came.every((element) => isIn(current, element))) return UNCLEAR;
  const rest = without(current, came);
  rest.splice(place, 0, ...without(went, rest));
  return earlier === undefined && rest.length === 0 ? undefined : rest;
}

const isIn = (list: readonly Json[], element: Json): boolean => list.some((one) => sameJson(one, element));
const without = (list: readonly Json[], others: readonly Json[]): Json[] =>
  list.filter((element) => !isIn(others, element));
