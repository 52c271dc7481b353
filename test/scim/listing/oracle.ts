import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { isJsonObject } from '../../../src/domain/json.ts';
import { fold, keyOf } from '../../../src/domain/key.ts';
import { compareText } from '../../../src/scim/filter/fold.ts';

type Rule = (text: string) => string;

/** How the values of each attribute compare, where it is not by fold. */
const rules: Readonly<Record<string, Rule>> = {
  userName: keyOf,
  externalId: (text) => text,
  id: (text) => text.slice(4),
  'groups.value': (text) => text.slice(4),
  'members.value': (text) => text.slice(4),
};

/** The records in the order that RFC 7644 §3.4.2.3 asks for: missing values last, first when descending; ties by id. */
export function sorted(records: readonly JsonObject[], path: string | null, descending: boolean): JsonObject[] {
  const keyed = records.map((record) => ({ record, key: path === null ? '' : keyOfRecord(record, path) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key) || compareText(idOf(a.record), idOf(b.record)));
  if (descending) keyed.reverse();
  return keyed.map(({ record }) => record);
}

/** Ids are in the order of their UUIDs, whatever they name. */
const idOf = (record: JsonObject): string => String(record.id).slice(4);

function compareKeys(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareText(a, b);
}

function keyOfRecord(record: JsonObject, path: string): string | null {
  const value = valueAt(record, path.split('.'));
  if (value === null || value === undefined || value === '' || typeof value === 'object') return null;
  const isGroup = (record.meta as JsonObject).resourceType === 'Group';
  const rule = isGroup && path === 'displayName' ? keyOf : (rules[path] ?? (path.startsWith('meta.') ? String : fold));
  return rule(String(value));
}

function valueAt(value: Json | undefined, [name, ...rest]: string[]): Json | undefined {
  if (name === undefined || !isJsonObject(value)) return value;
  const found = Object.hasOwn(value, name) ? value[name] : undefined;
  if (!Array.isArray(found)) return valueAt(found, rest);
  return valueAt(found.find((one) => isJsonObject(one) && one.primary === true) ?? found[0], rest);
}
