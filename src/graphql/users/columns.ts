import { isHiddenField } from '../../domain/users/sensitive.ts';
import type { UserColumn } from '../../domain/users/user-reader.ts';
import { userFieldKeys, userFields } from '../../fields/user.fields.ts';
import type { RequestContext } from '../request-context.ts';
import { keysOfType } from './contacts.ts';

const own: UserColumn[] = [
  'version',
  'kind',
  'status',
  'visible',
  'loginId',
  'userName',
  'createdAt',
  'updatedAt',
  ...userFieldKeys,
];

/** What each field of the type `User` is made of; the others need the id alone. */
const needs: Readonly<Record<string, readonly UserColumn[]>> = {
  ...Object.fromEntries(own.map((column) => [column, [column]])),
  emails: keysOfType('EMAIL'),
  phoneNumbers: [...keysOfType('PHONE'), 'country'],
  ...Object.fromEntries(keysOfType('PHONE').map((key) => [key, [key, 'country']])),
  lock: ['status', 'statusAt', 'waitsFor'],
  waitsFor: ['status', 'waitsFor'],
  custom: ['custom'],
};

/** Columns to read for a selection, with a name for them. */
export type Columns = { list: readonly UserColumn[]; name: string };

const known = new WeakMap<ReadonlySet<string>, Columns>();
const anySensitive = userFieldKeys.some((key) => userFields[key].sensitive);

/** The columns that these fields of `User` are made of and that the caller may see. */
export function columnsFor(names: ReadonlySet<string>, context: RequestContext): Columns {
  let columns = known.get(names);
  if (!columns) {
    const wanted = [...names].flatMap((name) => (Object.hasOwn(needs, name) ? needs[name]! : []));
    columns = named([...new Set(wanted)].sort());
    known.set(names, columns);
  }
  if (!anySensitive) return columns;
  return named(columns.list.filter((column) => !isHiddenField(context.actor, column)));
}

const named = (list: readonly UserColumn[]): Columns => ({ list, name: list.join() });
