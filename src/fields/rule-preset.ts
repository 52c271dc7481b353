import type { RulePreset, SourceOfTruth } from './rule.ts';
import type { UserFieldKey } from './user.fields.ts';

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

/** The source of truth that a whole-tenant preset gives a field. */
export function presetTruth(preset: RulePreset, key: UserFieldKey): SourceOfTruth {
  if (preset === 'DIRECTORY_OWNS_ALL') return 'DIRECTORY';
  if (preset === 'USER_OWNS_ALL') return 'USER';
  return personal.has(key) ? 'USER' : 'DIRECTORY';
}
