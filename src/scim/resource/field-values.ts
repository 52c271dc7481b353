import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { fold } from '../../domain/key.ts';
import type { Field } from '../../fields/field.ts';
import { userFields } from '../../fields/user.fields.ts';
import { type FieldPath, fieldPath } from '../schema/field-path.ts';
import { getOwn } from './own.ts';

type Plan = { key: string; field: Field; path: FieldPath };

const plans: readonly Plan[] = Object.entries(userFields as Record<string, Field>).flatMap(([key, field]) =>
  field.scim === undefined ? [] : [{ key, field, path: fieldPath(field.scim) }],
);

/** What the table's fields are in a canonical record, by key; a field that the record does not speak of is absent. */
export function fieldValues(resource: JsonObject): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const { key, field, path } of plans) {
    const value = valueOfField(resource, field, path);
    if (value !== undefined) values[key] = value;
  }
  return values;
}

function valueOfField(resource: JsonObject, field: Field, path: FieldPath): Json | undefined {
  const holder = path.schema === null ? resource : getOwn(resource, path.schema);
  const held = isJsonObject(holder) ? getOwn(holder, path.name) : undefined;
  if (held === undefined) return undefined;
  if (field.multiValued) return restOf(path.name, held);
  if (path.element !== null) {
    const element = elementFor(path, held);
    if (!element) return undefined;
    return path.sub === null ? withoutTags(element) : getOwn(element, path.sub);
  }
  if (field.type === 'REFERENCE') return isJsonObject(held) ? getOwn(held, 'value') : undefined;
  if (path.sub === null) return held;
  return isJsonObject(held) ? getOwn(held, path.sub) : undefined;
}

/** The first element of the field's type, in any case. */
function elementFor({ element, sub }: FieldPath, held: Json): JsonObject | undefined {
  if (element === null || !Array.isArray(held)) return undefined;
  return held.filter(isJsonObject).find((one) => {
    const hasType = typeof one.type === 'string' && fold(one.type) === fold(element);
    return hasType && (sub === null || Object.hasOwn(one, sub));
  });
}

/** An address is its parts; of what type it is, and whether it is the main one, is said by the field. */
function withoutTags(element: JsonObject): JsonObject | undefined {
  const { type: _type, primary: _primary, ...parts } = element;
  return Object.keys(parts).length > 0 ? parts : undefined;
}

/** The whole elements of a list that no other field takes: a second one of a type, those of other types or of none. */
function restOf(name: string, held: Json): Json[] | undefined {
  if (!Array.isArray(held)) return undefined;
  const taken = new Set<Json | undefined>();
  for (const { path } of plans) if (path.schema === null && path.name === name) taken.add(elementFor(path, held));
  const rest = held.filter((element) => !taken.has(element));
  return rest.length > 0 ? rest : undefined;
}
