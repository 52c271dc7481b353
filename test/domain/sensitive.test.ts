import { expect, test } from 'vitest';
import { type Actor, type Scope } from '../../src/domain/actor.ts';
import { isHiddenField } from '../../src/domain/users/sensitive.ts';
import { text } from '../../src/fields/field.ts';

const fields = {
  open: text({ label: 'Open', about: 'For all.' }),
  secret: text({ label: 'Secret', about: 'For few.', sensitive: true }),
};

const holding = (...scopes: Scope[]): Actor => ({
  kind: 'key',
  tenantId: 't',
  id: 'k',
  label: 'k',
  scopes: new Set(scopes),
  directoryId: null,
});

test('a sensitive field is hidden from whoever lacks the scope for it', () => {
  expect(isHiddenField(holding('users:read'), 'secret', fields)).toBe(true);
  expect(isHiddenField(holding('users:read', 'users:read.sensitive'), 'secret', fields)).toBe(false);
  expect(isHiddenField(holding('users:read'), 'open', fields)).toBe(false);
  expect(isHiddenField(holding('users:read'), '__proto__', fields)).toBe(false);
});
