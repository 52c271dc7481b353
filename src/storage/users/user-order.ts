import type { UserOrder, UserOrderField } from '../../domain/users/user-reader.ts';
import type { SortKey } from '../pages.ts';

const sortKeys: Record<UserOrderField, Omit<SortKey, 'descending'>> = {
  // Ids sort by age: the order of ids is the order in which people were made, and the primary key serves it.
  CREATED_AT: { sql: 'u.id', type: 'uuid' },
  UPDATED_AT: { sql: 'u.updated_at', type: 'timestamptz' },
  DISPLAY_NAME: { sql: 'u.display_name_key', type: 'text' },
  USER_NAME: { sql: 'u.user_name_key', type: 'text' },
};

/** The sort keys of an order of people, which ends with the id: no two people share a place. */
export function userSort(order: readonly UserOrder[]): SortKey[] {
  const keys: SortKey[] = [];
  for (const { field, descending } of order) {
    keys.push({ ...sortKeys[field], descending });
    if (field === 'CREATED_AT') return keys;
  }
  return [...keys, { ...sortKeys.CREATED_AT, descending: keys.at(-1)?.descending ?? false }];
}
