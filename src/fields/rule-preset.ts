import type { Field } from './field.ts';
import type { RulePreset, SourceOfTruth } from './rule.ts';
import { isUserFieldKey, type UserFieldKey } from './user.fields.ts';

/** What a person knows better than the company (seeds DY8): under HYBRID their own word counts for these. */
const personal: ReadonlySet<UserFieldKey> = new Set<UserFieldKey>([
  'displayName',
  'givenName',
  'familyName',
  'middleName',
  'nickName',
  'honorificPrefix',
  'honorificSuffix',
  'formattedName',
  'phone',
  'workPhone',
  'preferredLanguage',
  'locale',
  'timezone',
  'profileUrl',
]);

/** The source of truth of a custom field that nobody has decided: the directory, if one may write it. */
export const customTruth = ({ scim }: Pick<Field, 'scim'>): SourceOfTruth =>
  scim === undefined ? 'USER' : 'DIRECTORY';

/** The source of truth that a whole-tenant preset gives a field. */
export function presetTruth(preset: RulePreset, key: string, field: Pick<Field, 'scim'>): SourceOfTruth {
  if (preset === 'USER_OWNS_ALL') return 'USER';
  if (!isUserFieldKey(key)) return customTruth(field);
  if (preset === 'DIRECTORY_OWNS_ALL') return 'DIRECTORY';
  return personal.has(key) ? 'USER' : 'DIRECTORY';
}
