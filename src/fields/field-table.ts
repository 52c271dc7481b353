import type { CustomField } from './custom-field.ts';
import type { Fields } from './field.ts';
import { userFieldKeys, userFields } from './user.fields.ts';

/** The fields of one tenant's people: the standard ones, then its own. */
export type FieldTable = {
  /** Fields in use, by key. */
  readonly fields: Fields;
  /** Keys of the fields in use, in table order. */
  readonly keys: readonly string[];
  /** The tenant's own fields in use, the oldest first. */
  readonly custom: readonly CustomField[];
  /** The tenant's own fields that were taken out of use. */
  readonly retired: readonly CustomField[];
  /** Every field that there is or was, by key. */
  readonly known: Fields;
};

/** The fields of a tenant that has added none. */
export const standardTable: FieldTable = {
  fields: userFields,
  keys: userFieldKeys,
  custom: [],
  retired: [],
  known: userFields,
};

/** The table of a tenant with these fields of its own, in use or not. */
export function fieldTable(own: readonly CustomField[]): FieldTable {
  if (own.length === 0) return standardTable;
  const custom = own.filter((field) => field.retiredAt === null);
  const retired = own.filter((field) => field.retiredAt !== null);
  const fields = { ...userFields, ...byKey(custom) };
  return { fields, keys: Object.keys(fields), custom, retired, known: { ...fields, ...byKey(retired) } };
}

const byKey = (fields: readonly CustomField[]): Fields => Object.fromEntries(fields.map((field) => [field.key, field]));
