import type { Json } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { UserRow } from '../../domain/users/user-reader.ts';
import type { FieldType } from '../../fields/field.ts';
import { type UserFieldKey, userFieldKeys, userFields } from '../../fields/user.fields.ts';

/** A value with what it is for; `key` is the field that holds it. */
export type Contact = { key: UserFieldKey; value: string; type: string | null; primary: boolean };

/** Keys of the fields that hold values of that type, in table order. */
export const keysOfType = (type: FieldType): UserFieldKey[] =>
  userFieldKeys.filter((key) => userFields[key].type === type);

/** The type that a field's SCIM path names: `work` of `emails[type eq "work"].value`. */
export const contactType = (key: UserFieldKey): string | null =>
  /\[type eq "([^"]+)"\]/.exec(userFields[key].scim ?? '')?.[1] ?? null;

/** One value with the type its field stands for; null when the person has none. */
export function contactOf(row: UserRow, key: UserFieldKey): Contact | null {
  const value = row[key];
  return typeof value === 'string' ? { key, value, type: contactType(key), primary: false } : null;
}

/** Every value of that type that a person has, from all the fields that hold one; exactly one is primary. */
export function contactsOf(row: UserRow, type: FieldType): Contact[] {
  const contacts: Contact[] = [];
  for (const key of keysOfType(type)) {
    if (userFields[key].multiValued) contacts.push(...elements(key, row[key]));
    else contacts.push(...[contactOf(row, key)].filter((contact) => contact !== null));
  }
  const primary = contacts.find((contact) => contact.primary) ?? contacts[0];
  return contacts.map((contact) => ({ ...contact, primary: contact === primary }));
}

function elements(key: UserFieldKey, list: Json | undefined): Contact[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isJsonObject).flatMap(({ value, type, primary }) => {
    if (typeof value !== 'string') return [];
    return [{ key, value, type: typeof type === 'string' ? type : null, primary: primary === true }];
  });
}
