import type { Fields } from './field.ts';

/** Attributes that directories write and that are no fields, since nobody can choose who owns them. */
const beside: ReadonlySet<string> = new Set(['userName', 'externalId', 'active']);

/** True for the key of an attribute that is no field and is called the same in a record. */
export const isBesideFields = (key: string): boolean => beside.has(key);

/** The SCIM path by which a directory writes what has that key; null when it writes no such thing. */
export function writtenPath(key: string, fields: Fields): string | null {
  if (beside.has(key)) return key;
  return Object.hasOwn(fields, key) ? (fields[key]!.scim ?? null) : null;
}
