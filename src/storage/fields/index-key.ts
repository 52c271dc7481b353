import { utcOf } from '../../domain/date-time.ts';
import type { Json } from '../../domain/json.ts';
import type { CustomField } from '../../fields/custom-field.ts';
import { searchKey } from '../users/user-columns.ts';

/** The least integer that a field holds, so that none below it makes a sign. */
const LEAST = 2n ** 53n;

/**
 * A value as it is searched and sorted: text in the order of its type, compared byte by byte. Text whatever its case,
 * integers counted from the least one, moments in UTC.
 */
export function indexKey({ type }: CustomField, value: Json): string {
  if (type === 'INTEGER') return String(BigInt(value as number) + LEAST).padStart(17, '0');
  if (type === 'DATETIME') return utcOf(String(value)) ?? '';
  return type === 'BOOLEAN' ? String(value) : searchKey(String(value));
}
