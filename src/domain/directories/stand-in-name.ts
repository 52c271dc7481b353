import { userFieldKeys, userFields } from '../../fields/user.fields.ts';
import type { Json } from '../json.ts';

/** E-mail addresses in table order: that at work first. */
const addresses = userFieldKeys.filter((key) => userFields[key].type === 'EMAIL' && !userFields[key].multiValued);

/**
 * The name of a person whose directory sends no userName (seeds S8): their e-mail address, else the externalId; null when
 * there is neither.
 */
export function standInName(values: Readonly<Record<string, Json>>, externalId: string | null): string | null {
  const named = [...addresses.map((key) => values[key]), externalId];
  const found = named.find((name) => typeof name === 'string' && name.trim() !== '');
  return typeof found === 'string' ? found : null;
}
