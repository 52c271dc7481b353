import type { GroupRecord, UserRecord } from '../../domain/directories/record.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { fieldValues } from './field-values.ts';
import { setOwn } from './own.ts';

const textIn = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

/**
 * The person that a canonical record describes. A field that the record before spoke of and this one does not is null:
 * the directory has cleared it.
 */
export function userRecord(resource: JsonObject, before: JsonObject | null): UserRecord {
  const values = fieldValues(resource);
  if (before) for (const key of Object.keys(fieldValues(before))) values[key] ??= null;
  return {
    userName: textIn(resource.userName) ?? '',
    externalId: textIn(resource.externalId),
    active: resource.active !== false,
    values,
    resource,
  };
}

/** The group that a canonical record describes. */
export function groupRecord(resource: JsonObject): GroupRecord {
  const rest: JsonObject = {};
  for (const [name, value] of Object.entries(resource)) {
    if (name !== 'displayName' && name !== 'externalId') setOwn(rest, name, value);
  }
  return { displayName: textIn(resource.displayName) ?? '', externalId: textIn(resource.externalId), resource: rest };
}

/** The canonical record of a group that was kept in parts; `groupRecord` turned round. */
export function groupResource({ displayName, externalId, resource }: GroupRecord): JsonObject {
  return externalId === null ? { displayName, ...resource } : { displayName, externalId, ...resource };
}
