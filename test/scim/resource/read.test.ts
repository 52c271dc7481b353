import { describe, expect, test } from 'vitest';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { newUser, readGroup } from '../../../src/scim/resource/read.ts';
import { documentedPost, fullPost, secondPost } from './bodies.ts';

const user = (given: object) => newUser({ userName: 'u', ...given });
const fault = (scimType: string, attribute?: string) =>
  expect.objectContaining({ status: 400, scimType, ...(attribute && { attribute }) });

test('the same element twice is one, the same value under two types is two', () => {
  const twice = { type: 'work', value: 'a', primary: true };
  const emails = [twice, { ...twice }, { type: 'home', value: 'a' }];
  expect(user({ emails }).emails).toEqual([twice, { type: 'home', value: 'a' }]);
});

test('a manager is named by an address alone too', () => {
  for (const manager of [
    { $ref: '../Users/a' },
    { $ref: 'https://x.example/Users/a', value: '' },
    { $REF: '/a', value: null },
  ])
    expect(user({ manager })[ENTERPRISE]).toEqual({ manager: { value: 'a' } });
  expect(user({ manager: { $ref: 'a' } })[ENTERPRISE]).toBeUndefined();
});

describe('the bodies Entra sends', () => {
  test('B8 the documented POST', () => {
    expect(newUser(JSON.parse(documentedPost))).toEqual({
      externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
      userName: 'Test_User_00aa00aa-bb11-cc22-dd33-44ee44ee44ee',
      active: true,
      emails: [{ primary: true, type: 'work', value: 'Test_User_11bb11bb-cc22-dd33-ee44-55ff55ff55ff@testuser.com' }],
      name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
    });
  });

  test('B8 nulls are absent and unknown namespaces harmless', () => {
    expect(newUser(JSON.parse(secondPost))).toEqual({
      externalId: 'jyoung',
      userName: 'jyoung@testuser.com',
      active: true,
      displayName: 'Joy Young',
      emails: [{ type: 'work', value: 'jyoung@Contoso.com', primary: true }],
      name: { familyName: 'Young', givenName: 'Joy' },
    });
  });

  test('B9 the full body comes back as sent, its booleans as booleans', () => {
    const sent = JSON.parse(fullPost);
    const { schemas: _, roles, ...rest } = sent;
    expect(newUser(sent)).toEqual({ ...rest, roles: [{ ...roles[0], primary: true }] });
    expect(sent).toEqual(JSON.parse(fullPost));
  });

  test('B10 only userName is required, and who is not inactive is active', () => {
    expect(user({})).toEqual({ userName: 'u', active: true });
    for (const body of [{}, { userName: '' }, { userName: null }, { userName: '  ' }, { userName: [] }]) {
      expect(() => newUser(body)).toThrow(fault('invalidValue', 'userName'));
    }
  });

  test.each([true, 'True', 'true', 'TRUE', ['True'], [true]])('B11 S9 active %j', (active) => {
    expect(user({ active }).active).toBe(true);
  });

  test.each([false, 'False', 'false', ['False']])('B11 S9 inactive %j', (active) => {
    expect(user({ active }).active).toBe(false);
  });

  test.each(['yes', 1, { a: 1 }, ['True', 'False']])('a boolean is no %j', (active) => {
    expect(() => user({ active })).toThrow(fault('invalidValue', 'active'));
  });

  test.each([
    ['myuser'],
    [271],
    [{ value: 'myuser' }],
    [{ Value: 'myuser', displayName: 'Boss', $ref: 'http://x' }],
    [[{ $ref: 'http://.../scim/Users/00aa', value: 'myuser' }]],
  ])('B12 B23 manager as %j is an object', (manager) => {
    const value = manager === 271 ? '271' : 'myuser';
    expect(user({ manager })).toEqual({ userName: 'u', active: true, [ENTERPRISE]: { manager: { value } } });
    expect(user({ [ENTERPRISE]: { manager } })).toEqual(user({ manager }));
    expect(user({ [`${ENTERPRISE}:manager`]: manager })).toEqual(user({ manager }));
  });

  test.each([[''], [null], [{ value: '' }], [{}], [[]], [{ value: null }]])('B23 manager as %j is none', (manager) => {
    expect(user({ manager })).toEqual({ userName: 'u', active: true });
  });

  test('D1 D2 roles, also as JSON in a text', () => {
    expect(
      user({
        roles: [
          { primary: 'True', type: 'WindowsAzureActiveDirectoryRole', displayName: 'Admin', value: 'Admin' },
          { value: '{"id":"06b07648-…","value":"25","displayName":"Role1234"}' },
          '{"id":"1","value":"26","displayName":"Other"}',
          'Plain',
          { value: '{not json' },
        ],
      }).roles,
    ).toEqual([
      { primary: true, type: 'WindowsAzureActiveDirectoryRole', display: 'Admin', value: 'Admin' },
      { value: '25', display: 'Role1234' },
      { value: '26', display: 'Other' },
      { value: 'Plain' },
      { value: '{not json' },
    ]);
  });

  test('H9 capital names are the same names, and two work e-mails may be', () => {
    expect(
      user({
        Emails: [
          { Primary: true, Type: 'work', Value: 'a' },
          { type: 'work', value: 'b' },
        ],
      }).emails,
    ).toEqual([
      { primary: true, type: 'work', value: 'a' },
      { type: 'work', value: 'b' },
    ]);
  });

  test('B13 custom extensions and unknown attributes are kept as sent', () => {
    const custom = { badge: 'x', deep: { A: [1, null, { b: '' }] } };
    expect(user({ 'urn:x:CustomExtension:2.0:User': custom, favourite: custom, 'a.b': 1 })).toEqual({
      userName: 'u',
      active: true,
      'urn:x:CustomExtension:2.0:User': custom,
      favourite: custom,
      'a.b': 1,
    });
    expect(user({ 'urn:x:nothing': { Foo: 'x' } })['urn:x:nothing']).toEqual({ Foo: 'x' });
    expect(user({ 'urn:x:2.0:User:badge': 'x' })['urn:x:2.0:User']).toEqual({ badge: 'x' });
    expect(user({ [ENTERPRISE]: { unknown: [1] } })[ENTERPRISE]).toEqual({ unknown: [1] });
  });
});

describe('forms', () => {
  test('DY6 text is kept byte for byte', () => {
    const title = '  Ünï\tcödé\u00a0 ﬁ e\u0301 ';
    expect(user({ title }).title).toBe(title);
  });

  test('a number for a text is its text, anything else is refused by name', () => {
    expect(user({ title: 12.5, employeeNumber: 7 })).toMatchObject({
      title: '12.5',
      [ENTERPRISE]: { employeeNumber: '7' },
    });
    expect(() => user({ title: true })).toThrow(fault('invalidValue', 'title'));
    expect(() => user({ title: { __raw: 'x' } })).toThrow(fault('invalidValue', 'title'));
    expect(() => user({ name: { givenName: { a: 1 } } })).toThrow(fault('invalidValue', 'name.givenName'));
    expect(() => user({ name: 'Joy' })).toThrow(fault('invalidValue', 'name'));
    expect(() => user({ addresses: ['x'] })).toThrow(fault('invalidValue', 'addresses'));
  });

  test('one value of a list is a list of one, a bare text its value', () => {
    expect(user({ emails: 'a@b' }).emails).toEqual([{ value: 'a@b' }]);
    expect(user({ emails: { type: 'work', value: 'a@b' } }).emails).toEqual([{ type: 'work', value: 'a@b' }]);
    expect(
      user({
        emails: [
          { type: 'work', value: null },
          { type: 'home', value: 'x' },
        ],
      }).emails,
    ).toEqual([{ type: 'home', value: 'x' }]);
  });

  test('of two primary values the last one written wins', () => {
    expect(
      user({
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      }).emails,
    ).toEqual([
      { value: 'a', primary: false },
      { value: 'b', primary: true },
    ]);
  });

  test('dotted names come together, what is said twice is refused', () => {
    expect(user({ 'name.givenName': 'a', Name: { familyName: 'b' } }).name).toEqual({
      givenName: 'a',
      familyName: 'b',
    });
    const twice = [
      { title: 'a', TITLE: 'b' },
      { name: { givenName: 'a', GivenName: 'b' } },
      { 'name.givenName': 'a', name: { givenName: 'b' } },
      { department: 'a', [ENTERPRISE]: { department: 'b' } },
      { foo: { a: 1 }, FOO: { b: 2 } },
    ];
    for (const body of twice) expect(() => user(body)).toThrow(fault('invalidSyntax'));
  });

  test('A26 A27 what only the server writes is dropped in every spelling', () => {
    const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
    expect(
      user({
        id: 'x',
        ID: 'y',
        'meta.version': 'x',
        Meta: {},
        schemas: 'x',
        groups: [{ value: 'admins' }],
        [`${core}:id`]: 'x',
        [core]: { id: 'x', Groups: [{ value: 'a' }], password: 'x', title: 'kept' },
        Password: 'secret',
      }),
    ).toEqual({ userName: 'u', active: true, title: 'kept' });
  });

  test.each([null, [], 'x', 1, undefined, true])('a body that is %j is refused', (body) => {
    expect(() => newUser(body)).toThrow(fault('invalidSyntax'));
  });
});

describe('what may not come any further', () => {
  const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

  test('A63 nesting of 32 is read, 33 is not, nor 100,000', () => {
    expect(user({ a: nested(31) })).toBeTruthy();
    expect(() => user({ a: nested(32) })).toThrow(fault('invalidSyntax'));
    expect(() => user({ a: JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) })).toThrow(
      fault('invalidSyntax'),
    );
  });

  test.each([
    '{"__proto__":{"x":1}}',
    '{"__proto__.x":1}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"constructor.prototype.x":1}',
    '{"name":{"__proto__":{"x":1}}}',
    '{"emails":[{"value":"a","__proto__":{"x":1}}]}',
    '{"urn:x:2.0:User":{"a":{"prototype":1}}}',
    '{"urn:x:2.0:User:__proto__":1}',
    '{"roles":[{"value":"{\\"value\\":\\"x\\",\\"__proto__\\":{\\"x\\":1}}"}]}',
  ])('22 %s is refused and pollutes nothing', (text) => {
    expect(() => newUser({ userName: 'u', ...JSON.parse(text) })).toThrow(fault('invalidSyntax'));
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('names of Object.prototype are ordinary', () => {
    const read = user({ toString: 'x', hasOwnProperty: { valueOf: 1 } });
    expect(Object.hasOwn(read, 'toString')).toBe(true);
    expect(JSON.parse(JSON.stringify(read))).toMatchObject({ toString: 'x', hasOwnProperty: { valueOf: 1 } });
  });

  test('text that PostgreSQL cannot store is refused by name', () => {
    expect(() => user({ title: 'a\0b' })).toThrow(fault('invalidValue', 'title'));
    expect(() => user({ emails: [{ value: '\ud800' }] })).toThrow(fault('invalidValue', 'emails.value'));
    expect(() => user({ [ENTERPRISE]: { department: '\udc00' } })).toThrow(
      fault('invalidValue', `${ENTERPRISE}:department`),
    );
    expect(() => user({ title: 'x'.repeat(16_385) })).toThrow(fault('invalidValue', 'title'));
    expect(() => user({ 'a\0': 1 })).toThrow(fault('invalidSyntax'));
    expect(() => user({ '': 1 })).toThrow(fault('invalidSyntax'));
  });

  test('A63 lists and objects are bounded', () => {
    const emails = Array.from({ length: 201 }, (_, index) => ({ value: String(index) }));
    expect(() => user({ emails })).toThrow(fault('invalidValue', 'emails'));
    expect(() => user(Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`a${index}`, 1])))).toThrow(
      fault('invalidSyntax'),
    );
  });
});

describe('groups', () => {
  test('C5 the documented POST', () => {
    const body = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
 "externalId":"8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159","displayName":"displayName","meta":{"resourceType":"Group"}}`;
    expect(readGroup(JSON.parse(body))).toEqual({
      resource: { externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159', displayName: 'displayName' },
      members: null,
    });
  });

  test('C5 C7 members come apart, in every form, once each', () => {
    expect(readGroup({ displayName: 'g', members: [] }).members).toEqual([]);
    expect(readGroup({ displayName: 'g', members: null }).members).toBeNull();
    expect(readGroup({ displayName: 'g', Members: [{ $ref: null, Value: 'a' }, 'b', { value: 'a' }] })).toEqual({
      resource: { displayName: 'g' },
      members: ['a', 'b'],
    });
    expect(() => readGroup({ displayName: 'g', members: [{}] })).toThrow(fault('invalidValue', 'members'));
  });

  test('S14 the description is kept, the name is required', () => {
    expect(readGroup({ displayName: 'g', description: 'd' }).resource).toEqual({ displayName: 'g', description: 'd' });
    expect(() => readGroup({ description: 'd' })).toThrow(fault('invalidValue', 'displayName'));
  });
});
