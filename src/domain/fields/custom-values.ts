import type { CustomField } from '../../fields/custom-field.ts';
import type { FieldTable } from '../../fields/field-table.ts';
import { customPath } from '../../fields/scim-path.ts';
import type { UserRecord } from '../directories/record.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { fittingValue } from './fitting-value.ts';

/**
 * What a directory's record says, custom fields included: those are taken from the record itself, by the fields of the
 * policy that the write is computed under. One that the record before spoke of and this one does not is null.
 */
export function withCustomValues(
  { values, resource }: UserRecord,
  before: JsonObject | null,
  { custom }: FieldTable,
): Record<string, Json> {
  const all = { ...values };
  for (const field of custom) {
    const value = keptValue(resource, field);
    if (value !== undefined) all[field.key] = value;
    else if (before && keptValue(before, field) !== undefined) all[field.key] = null;
  }
  return all;
}

/** What the record says of the field, in the field's type; undefined where it says nothing that fits. */
export function keptValue(resource: JsonObject, field: CustomField): Json | undefined {
  if (field.scim === undefined) return undefined;
  const { schema, name } = customPath(field.scim);
  const holder = schema === null ? resource : heldBy(resource, schema);
  const held = isJsonObject(holder) ? heldBy(holder, name) : undefined;
  return held === undefined ? undefined : fittingValue(field, held);
}

/**
 * The record without what custom fields hold, also those that were retired: what the others say of a change must not tell
 * of a sensitive one.
 */
export function withoutCustomValues(resource: JsonObject, { custom, retired }: FieldTable): JsonObject {
  let left = resource;
  for (const { scim } of [...custom, ...retired]) {
    if (scim === undefined) continue;
    const { schema, name } = customPath(scim);
    if (schema === null) left = without(left, name);
    const holder = schema === null ? undefined : keyIn(left, schema);
    if (holder === undefined) continue;
    const inside = left[holder];
    if (!isJsonObject(inside)) continue;
    const others = without(inside, name);
    left = Object.keys(others).length > 0 ? { ...left, [holder]: others } : without(left, holder);
  }
  return left;
}

function without(object: JsonObject, name: string): JsonObject {
  const key = keyIn(object, name);
  if (key === undefined) return object;
  const { [key]: _gone, ...left } = object;
  return left;
}

/** The value by that name in any case. */
function heldBy(object: JsonObject, name: string): Json | undefined {
  const key = keyIn(object, name);
  return key === undefined ? undefined : object[key];
}

function keyIn(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(object).find((one) => one.toLowerCase() === wanted);
}
