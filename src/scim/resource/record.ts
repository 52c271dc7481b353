import { type GroupRecord, isInactive, type UserRecord } from '../../domain/directories/record.ts';
import { standInName } from '../../domain/directories/stand-in-name.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { fieldValues } from './field-values.ts';
import { withoutPasswords } from './without-passwords.ts';

const textIn = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

/**
 * The person that a canonical record describes. A field that the record before spoke of and this one does not is null:
 * the directory has cleared it.
 */
export function userRecord(sent: JsonObject, before: JsonObject | null): UserRecord {
  const resource = withoutPasswords(sent);
  const values = fieldValues(resource);
  if (before) for (const key of Object.keys(fieldValues(before))) values[key] ??= null;
  return {
    userName: userNameOf(resource),
    externalId: textIn(resource.externalId),
    active: !isInactive(resource),
    values,
    resource,
  };
}

/** The name of the person in a canonical record: the userName, else what stands in for it (seeds S8); empty: none. */
export function userNameOf(resource: JsonObject): string {
  const userName = textIn(resource.userName) ?? '';
  if (userName.trim() !== '') return userName;
  return standInName(fieldValues(resource), textIn(resource.externalId)) ?? '';
}

/** The group that a canonical record describes. */
export const groupRecord = (sent: JsonObject): GroupRecord => ({
  displayName: textIn(sent.displayName) ?? '',
  externalId: textIn(sent.externalId),
  resource: withoutPasswords(sent),
});
