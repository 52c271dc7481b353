import { describe, expect, test } from 'vitest';
import { presetTruth } from '../../src/fields/rule-preset.ts';
import { userFieldKeys, userFields } from '../../src/fields/user.fields.ts';

describe('whole-tenant presets', () => {
  test('DY9 the directory, or the person, owns every field', () => {
    expect(new Set(userFieldKeys.map((key) => presetTruth('DIRECTORY_OWNS_ALL', key, userFields[key])))).toEqual(
      new Set(['DIRECTORY']),
    );
    expect(new Set(userFieldKeys.map((key) => presetTruth('USER_OWNS_ALL', key, userFields[key])))).toEqual(
      new Set(['USER']),
    );
  });

  test('DY8 under HYBRID the directory owns e-mail, title and place; people own names, phones and profile', () => {
    for (const key of ['email', 'title', 'address', 'department', 'organization', 'employeeNumber', 'manager'] as const)
      expect([key, presetTruth('HYBRID', key, userFields[key])]).toEqual([key, 'DIRECTORY']);
    for (const key of [
      'displayName',
      'givenName',
      'familyName',
      'phone',
      'workPhone',
      'profileUrl',
      'timezone',
    ] as const)
      expect([key, presetTruth('HYBRID', key, userFields[key])]).toEqual([key, 'USER']);
  });
});
