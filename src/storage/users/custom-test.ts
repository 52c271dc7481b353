import { fittingValue } from '../../domain/fields/fitting-value.ts';
import type { UserCondition } from '../../domain/users/user-condition.ts';
import type { CustomField } from '../../fields/custom-field.ts';
import type { Fragments } from '../conditions/fragment.ts';
import { indexKey } from '../fields/index-key.ts';
import { textTest } from './text-test.ts';
import { searchKey } from './user-columns.ts';

/** A test of a custom field of people `u` as SQL: answered from the index of its values, $1 being the tenant. */
export function customTest({ field, test }: Extract<UserCondition, { kind: 'custom' }>, sql: Fragments): string {
  const { isNull, min, max, ...texts } = test;
  const values = valuesOf(field, sql);
  const terms: string[] = [];
  if (isNull !== undefined) terms.push(`${isNull ? 'not ' : ''}exists (${values} and c.user_id = u.id)`);
  const bounds = [
    ...(min === undefined ? [] : [`c.key >= ${sql.bind(keyIn(field, min), 'text')}`]),
    ...(max === undefined ? [] : [`c.key <= ${sql.bind(keyIn(field, max), 'text')}`]),
  ];
  if (Object.keys(texts).length > 0 || bounds.length > 0) {
    const column = { sql: 'c.key', key: (text: string) => keyIn(field, text), present: 'true' };
    const all = [textTest(column, texts, sql), ...bounds].join(' and ');
    terms.push(`u.id in (${values} and ${all})`);
  }
  return terms.length === 0 ? 'true' : `(${terms.join(' and ')})`;
}

/** People who have a value of the field, as a query that conditions on `c` can be added to. */
export const valuesOf = ({ id }: CustomField, sql: Fragments): string =>
  `select c.user_id from custom_values c where c.tenant_id = $1 and c.field_id = ${sql.bind(id, 'uuid')}`;

/** The key of a text that a caller compares with; a part of a text is a key as it is. */
function keyIn(field: CustomField, text: string): string {
  const value = fittingValue(field, text);
  return value === undefined ? searchKey(text) : indexKey(field, value);
}
