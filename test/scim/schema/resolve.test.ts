import { describe, expect, test } from 'vitest';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { resolveAttribute } from '../../../src/scim/schema/resolve.ts';

const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const at = (path: string) => {
  const ref = resolveAttribute('User', path);
  if (ref.kind === 'schema') return { schema: ref.schema };
  return { schema: ref.schema, name: ref.name, sub: ref.sub?.name ?? null, known: ref.definition !== null };
};

test.each([
  ['userName', null, 'userName', null],
  ['USERNAME', null, 'userName', null],
  ['name.GivenName', null, 'name', 'givenName'],
  ['emails.Value', null, 'emails', 'value'],
  ['addresses.Formatted', null, 'addresses', 'formatted'],
  [`${CORE_USER}:name.familyName`, null, 'name', 'familyName'],
  [`${CORE_USER.toUpperCase()}:Title`, null, 'title', null],
  [`${ENTERPRISE}:department`, ENTERPRISE, 'department', null],
  [`${ENTERPRISE.toLowerCase()}:Manager.Value`, ENTERPRISE, 'manager', 'value'],
  [`${ENTERPRISE}.department`, ENTERPRISE, 'department', null],
  ['department', ENTERPRISE, 'department', null],
  ['manager', ENTERPRISE, 'manager', null],
  ['Manager.displayName', ENTERPRISE, 'manager', 'displayName'],
])('B14 B18 %s is found in any case and with or without its namespace', (path, schema, name, sub) => {
  expect(at(path)).toEqual({ schema, name, sub, known: true });
});

test('B28 an unknown attribute is kept as sent', () => {
  expect(at('favouriteColour')).toEqual({ schema: null, name: 'favouriteColour', sub: null, known: false });
  expect(at(`${CORE_USER}:role`)).toEqual({ schema: null, name: 'role', sub: null, known: false });
  expect(at('urn:x:Custom:2.0:User:badge.colour')).toEqual({
    schema: 'urn:x:Custom:2.0:User',
    name: 'badge',
    sub: 'colour',
    known: false,
  });
});

test('a whole namespace is told apart from an attribute in it', () => {
  expect(at(ENTERPRISE)).toEqual({ schema: ENTERPRISE });
  expect(at(CORE_USER)).toEqual({ schema: null });
  expect(at('urn:x:Custom:2.0:User')).toEqual({ schema: 'urn:x:Custom:2.0:User' });
});

describe('A22 names that reach a prototype are refused', () => {
  test.each([
    '__proto__',
    '__proto__.x',
    'constructor.prototype.x',
    'name.__proto__',
    'x.y.constructor',
    `${ENTERPRISE}:__proto__`,
    'urn:x:__proto__:y',
    'urn:__proto__:2.0:User',
  ])('%s', (path) => {
    expect(() => resolveAttribute('User', path)).toThrow(expect.objectContaining({ scimType: 'invalidPath' }));
  });
});

test('names of Object.prototype are ordinary unknown names', () => {
  expect(at('toString')).toEqual({ schema: null, name: 'toString', sub: null, known: false });
  expect(at('name.hasOwnProperty')).toEqual({ schema: null, name: 'name', sub: 'hasOwnProperty', known: true });
});

test('a part of what has no parts is refused', () => {
  expect(() => resolveAttribute('User', 'title.x')).toThrow(expect.objectContaining({ scimType: 'invalidPath' }));
});
