import { fold, keyOf } from '../../domain/key.ts';
import type { Person } from '../../domain/users/person.ts';
import { isUserFieldKey, type UserFieldKey, userFieldKeys } from '../../fields/user.fields.ts';
import { isJsonField } from '../schema/user.ts';

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The column that holds the value of a field that counts. */
export const columnOf = (key: UserFieldKey): string => snake(key);

/** Columns of `users` that a write sets, after tenant_id and id, in the order of `userValues`. */
export const userColumns = [
  'version',
  'kind',
  'kind_by_rule',
  'status',
  'status_at',
  'visible',
  'seated',
  'waits_for',
  'activated_at',
  'login_id',
  'user_name',
  'user_name_key',
  'display_name_key',
  'email_key',
  ...userFieldKeys.map(columnOf),
  'custom',
  'created_at',
  'updated_at',
];

/** The longest key: a B-tree entry must stay under 2,700 bytes. */
const KEY_LENGTH = 400;

/** A search key, cut where an index could not hold it. */
export const searchKey = (text: string): string => keyOf(text).slice(0, KEY_LENGTH).toWellFormed();

/** The key of a directory's work address, folded as filters compare it; cut where an index could not hold it. */
export const emailKey = (address: string): string => fold(address).slice(0, KEY_LENGTH).toWellFormed();

/** The values of `userColumns`. */
export function userValues(person: Person, version: number): unknown[] {
  const { email, displayName } = person.values;
  return [
    version,
    person.kind,
    person.kindByRule,
    person.status,
    person.statusAt,
    person.visible,
    person.seated,
    person.waitsFor,
    person.activatedAt,
    person.loginId,
    person.userName,
    keyOf(person.userName),
    searchKey(typeof displayName === 'string' ? displayName : person.userName),
    typeof email === 'string' ? searchKey(email) : null,
    ...userFieldKeys.map((key) => columnValue(key, person)),
    customColumn(person),
    person.createdAt,
    person.updatedAt,
  ];
}

function columnValue(key: UserFieldKey, person: Person): unknown {
  const value = person.values[key] ?? null;
  return value !== null && isJsonField(key) ? JSON.stringify(value) : value;
}

/** The values of the tenant's own fields as JSON text; null for none. */
export function customColumn({ values }: Person): string | null {
  const own = Object.keys(values).filter((key) => values[key] !== null && !isUserFieldKey(key));
  return own.length === 0 ? null : JSON.stringify(Object.fromEntries(own.map((key) => [key, values[key]])));
}
