import { describe, expect, test } from 'vitest';
import { isInactive } from '../../../src/domain/directories/record.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { parsePatch } from '../../../src/scim/patch/operation.ts';
import { patchUser } from '../../../src/scim/patch/patch-user.ts';
import { readUser } from '../../../src/scim/resource/read.ts';
import { fullPost } from '../resource/bodies.ts';

const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const bare: JsonObject = { userName: 'u', active: true };
const full = readUser(JSON.parse(fullPost));

const patch = (resource: JsonObject, ...Operations: unknown[]) => {
  const before = structuredClone(resource);
  const after = patchUser(resource, parsePatch({ Operations }));
  expect(resource).toEqual(before);
  return after;
};
const on = (given: object, ...Operations: unknown[]) => patch({ ...bare, ...given } as JsonObject, ...Operations);
const set = (path: string, value: unknown, op = 'Replace') => ({ op, path, value });
const fault = (scimType: string, attribute?: string) =>
  expect.objectContaining({ status: 400, scimType, ...(attribute && { attribute }) });

describe('the default dialect', () => {
  test('B16 one capitalised operation a leaf', () => {
    const body = JSON.parse(String.raw`{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
 {"op":"Replace","path":"emails[type eq \"work\"].value","value":"updatedEmail@microsoft.com"},
 {"op":"Replace","path":"name.familyName","value":"updatedFamilyName"},
 {"op":"Replace","path":"displayName","value":"Pvlo"},
 {"op":"Replace","path":"externalId","value":"Eqpj"},
 {"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber","value":"Eqpj"},
 {"op":"Add","path":"nickName","value":"Babs"}]}`);
    expect(patchUser(bare, parsePatch(body))).toEqual({
      ...bare,
      emails: [{ type: 'work', value: 'updatedEmail@microsoft.com' }],
      name: { familyName: 'updatedFamilyName' },
      displayName: 'Pvlo',
      externalId: 'Eqpj',
      [ENTERPRISE]: { employeeNumber: 'Eqpj' },
      nickName: 'Babs',
    });
    const extension = full[ENTERPRISE] as JsonObject;
    expect(patchUser(full, parsePatch(body))).toEqual({
      ...full,
      emails: [{ type: 'work', value: 'updatedEmail@microsoft.com', primary: true }],
      name: { ...(full.name as JsonObject), familyName: 'updatedFamilyName' },
      displayName: 'Pvlo',
      externalId: 'Eqpj',
      [ENTERPRISE]: { ...extension, employeeNumber: 'Eqpj' },
      nickName: 'Babs',
    });
  });

  test.each([
    [{ op: 'Replace', path: 'active', value: 'False' }],
    [{ op: 'Replace', path: 'active', value: false }],
    [{ op: 'Add', path: 'active', value: 'False' }],
    [{ op: 'replace', value: { active: false } }],
    [{ op: 'replace', value: { Active: ['false'] } }],
    [{ op: 'replace', path: `${CORE_USER}:active`, value: 'false' }],
  ])('B17 %j disables', (operation) => {
    expect(patch(bare, operation).active).toBe(false);
    expect(patch(patch(bare, operation), set('active', 'True')).active).toBe(true);
  });

  test.each([
    { op: 'remove', path: 'active' },
    set('active', null),
    set('active', ''),
    { op: 'replace', value: { active: [] } },
  ])('%j unsays active, and lets no disabled person in', (operation) => {
    expect(on({}, operation)).not.toHaveProperty('active');
    expect(isInactive(on({}, operation))).toBe(false);
    const disabled = on({ active: false }, operation);
    expect([disabled.active, isInactive(disabled)]).toEqual([null, true]);
    expect(isInactive(patch(disabled, operation))).toBe(true);
    expect(isInactive(patch(disabled, set('active', true)))).toBe(false);
  });

  test('B18 the core namespace is stripped', () => {
    expect(on({}, set(`${CORE_USER}:role`, 'x'), set(`${CORE_USER.toUpperCase()}:name.givenName`, 'y'))).toEqual({
      ...bare,
      role: 'x',
      name: { givenName: 'y' },
    });
  });
});

describe('the dialect of aadOptscim062020', () => {
  test('B19 one operation with dotted names and namespaces', () => {
    const body = JSON.parse(String.raw`{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
 {"op":"replace","path":"emails[type eq \"work\"].value","value":"TestMhvaes@test.microsoft.com"},
 {"op":"replace","value":{"displayName":"Bjfe","name.givenName":"Kkom","name.familyName":"Unua","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber":"Aklq"}}]}`);
    expect(patchUser(bare, parsePatch(body))).toEqual({
      ...bare,
      emails: [{ type: 'work', value: 'TestMhvaes@test.microsoft.com' }],
      displayName: 'Bjfe',
      name: { givenName: 'Kkom', familyName: 'Unua' },
      [ENTERPRISE]: { employeeNumber: 'Aklq' },
    });
  });

  test('B19 nested objects, namespaces as objects, value paths as names', () => {
    const value = {
      name: { GivenName: 'x' },
      [ENTERPRISE]: { department: 'd', manager: '7' },
      [CORE_USER]: { title: 't' },
      'emails[type eq "work"].value': 'w',
      'addresses[type eq "work"].country': 'DE',
      'urn:x:Custom:2.0:User:badge': 'b',
      'urn:y:Custom:2.0:User': { Foo: { bar: 1 } },
      'favourite.colour': 'red',
    };
    for (const op of ['add', 'replace']) {
      expect(on({}, { op, value })).toEqual({
        ...bare,
        name: { givenName: 'x' },
        [ENTERPRISE]: { department: 'd', manager: { value: '7' } },
        title: 't',
        emails: [{ type: 'work', value: 'w' }],
        addresses: [{ type: 'work', country: 'DE' }],
        'urn:x:Custom:2.0:User': { badge: 'b' },
        'urn:y:Custom:2.0:User': { Foo: { bar: 1 } },
        favourite: { colour: 'red' },
      });
    }
  });

  test('H1 what only the server writes is passed over in an object', () => {
    const value = {
      id: 'other',
      [`${CORE_USER}:ID`]: 'x',
      schemas: ['x'],
      meta: { version: 'x' },
      'meta.version': 'y',
      groups: [{ value: 'g' }],
      password: 's',
      title: 't',
    };
    expect(on({}, { op: 'replace', value })).toEqual({ ...bare, title: 't' });
  });

  test('a name given twice is refused', () => {
    expect(() => on({}, { op: 'replace', value: { active: true, Active: false } })).toThrow(fault('invalidSyntax'));
  });
});

describe('elements chosen by a filter', () => {
  test.each(['Add', 'Replace'])('B22 %s makes an element that is not there', (op) => {
    expect(on({}, set('emails[type eq "work"].value', 'w', op)).emails).toEqual([{ type: 'work', value: 'w' }]);
    expect(on({}, set('roles[primary eq "True"].display', 'r', op)).roles).toEqual([{ primary: true, display: 'r' }]);
    expect(on({}, set('phoneNumbers[TYPE EQ "mobile" and primary eq true].Value', 'r', op)).phoneNumbers).toEqual([
      { type: 'mobile', primary: true, value: 'r' },
    ]);
  });

  test('B22 the operations that follow go into the same element', () => {
    const parts = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'];
    const operations = parts.map((part) => set(`addresses[type eq "work"].${part}`, part, 'Add'));
    expect(on({}, ...operations, set('addresses[type eq "work"].primary', 'True', 'Add')).addresses).toEqual([
      { type: 'work', ...Object.fromEntries(parts.map((part) => [part, part])), primary: true },
    ]);
  });

  test('B22 other elements and other parts stay', () => {
    const emails = [
      { type: 'work', value: 'w', primary: true, note: 'n' },
      { type: 'home', value: 'h' },
      { value: 'x' },
    ];
    expect(on({ emails }, set('emails[type eq "Work"].value', 'W')).emails).toEqual([
      { ...emails[0], value: 'W' },
      emails[1],
      emails[2],
    ]);
    expect(on({ emails }, { op: 'remove', path: 'emails[type eq "home"]' }).emails).toEqual([emails[0], emails[2]]);
  });

  test('every element that matches changes', () => {
    const emails = [
      { type: 'work', value: 'a' },
      { type: 'work', value: 'b' },
      { type: 'home', value: 'c' },
    ];
    expect(on({ emails }, set('emails[type eq "work"].display', 'd')).emails).toEqual([
      { type: 'work', value: 'a', display: 'd' },
      { type: 'work', value: 'b', display: 'd' },
      { type: 'home', value: 'c' },
    ]);
    expect(on({ emails }, { op: 'remove', path: 'emails[value eq "a" or value eq "c"]' }).emails).toEqual([emails[1]]);
  });

  test('an element cannot be made from anything but eq', () => {
    expect(() => on({}, set('emails[type ne "work"].value', 'x'))).toThrow(fault('noTarget'));
    expect(() => on({}, set('emails[type eq "a" or type eq "b"].value', 'x'))).toThrow(fault('noTarget'));
    expect(on({}, { op: 'remove', path: 'emails[type ne "work"]' })).toEqual(bare);
  });

  test('primary: one element at most', () => {
    const emails = [
      { type: 'work', value: 'a', primary: true },
      { type: 'home', value: 'b' },
    ];
    const expected = [
      { type: 'work', value: 'a', primary: false },
      { type: 'home', value: 'b', primary: true },
    ];
    expect(on({ emails }, set('emails[type eq "home"].primary', 'True')).emails).toEqual(expected);
    expect(on({ emails }, set('emails', [{ type: 'home', value: 'b', primary: true }], 'add')).emails).toEqual(
      expected,
    );
  });

  test('what has lost all but type and primary is gone', () => {
    expect(
      on(
        { emails: [{ type: 'work', value: 'a', primary: true }] },
        { op: 'Remove', path: 'emails[type eq "work"].value' },
      ),
    ).toEqual(bare);
    expect(on({ emails: [{ type: 'work', value: 'a' }] }, set('emails[type eq "work"].value', ''))).toEqual(bare);
  });

  test('a whole element is replaced or added to', () => {
    const addresses = [{ type: 'work', country: 'DE', region: 'BE', primary: true }];
    const path = 'addresses[type eq "work"]';
    expect(on({ addresses }, set(path, { country: 'FR' }, 'replace')).addresses).toEqual([
      { type: 'work', country: 'FR' },
    ]);
    expect(on({ addresses }, set(path, { country: 'FR' }, 'add')).addresses).toEqual([
      { ...addresses[0], country: 'FR' },
    ]);
  });
});

describe('lists', () => {
  const emails = [
    { type: 'work', value: 'a' },
    { type: 'home', value: 'b' },
  ];

  test('add appends, once', () => {
    expect(
      on(
        { emails },
        set(
          'emails',
          [
            { type: 'other', value: 'c' },
            { type: 'work', value: 'A' },
          ],
          'add',
        ),
      ).emails,
    ).toEqual([
      { type: 'work', value: 'A' },
      { type: 'home', value: 'b' },
      { type: 'other', value: 'c' },
    ]);
    expect(on({ emails }, set('emails', [], 'add')).emails).toEqual(emails);
  });

  test('replace replaces', () => {
    expect(on({ emails }, set('emails', { type: 'x', value: 'y' }))).toMatchObject({
      emails: [{ type: 'x', value: 'y' }],
    });
  });

  test('C8 remove with a list takes only what is in it', () => {
    expect(on({ emails }, set('emails', [{ value: 'A' }], 'Remove')).emails).toEqual([emails[1]]);
    expect(on({ emails }, set('emails', [], 'Remove')).emails).toEqual(emails);
    expect(on({ emails }, set('emails', [{ type: 'work', value: 'b' }], 'Remove')).emails).toEqual(emails);
    expect(on({ emails }, { op: 'Remove', path: 'emails' })).toEqual(bare);
  });

  test('a part without a filter means that of every element', () => {
    expect(on({ emails }, set('emails.type', 'x')).emails).toEqual([
      { type: 'x', value: 'a' },
      { type: 'x', value: 'b' },
    ]);
    expect(on({}, set('emails.value', 'x')).emails).toEqual([{ value: 'x' }]);
  });
});

describe('D6 roles', () => {
  const roles = [{ primary: true, value: 'Admin', display: 'Admin', type: 'T' }];

  test('a JSON document in a text is unpacked', () => {
    const value = [{ value: '{"id":"06b07648-…","value":"25","displayName":"Role1234"}' }];
    expect(on({}, set('roles', value, 'Add')).roles).toEqual([{ value: '25', display: 'Role1234' }]);
    expect(on({}, set('roles[primary eq "True"].value', value[0]!.value)).roles).toEqual([
      { primary: true, value: '25', display: 'Role1234' },
    ]);
  });

  test('the matching role is replaced, none is appended', () => {
    expect(on({ roles }, set('roles[primary eq "True"].value', 'User', 'Add')).roles).toEqual([
      { ...roles[0], value: 'User' },
    ]);
    expect(on({ roles }, set('roles[primary EQ "true"].display', 'User', 'Add')).roles).toEqual([
      { ...roles[0], display: 'User' },
    ]);
    expect(on({ roles: [{ value: 'User' }] }, set('roles[primary eq "True"].value', 'User', 'Add')).roles).toEqual([
      { value: 'User', primary: true },
    ]);
  });

  test('D2 D3 adding what is there changes nothing, a full set replaces', () => {
    expect(
      on({ roles }, set('roles', [{ value: '{"id":"…","value":"Admin","displayName":"Admin"}' }], 'Add')).roles,
    ).toEqual(roles);
    const given = [{ primary: 'False', type: 'W', display: 'User', value: 'User' }];
    expect(on({ roles }, set('roles', given)).roles).toEqual([{ ...given[0], primary: false }]);
    expect(on({ roles }, set('roles', 'Plain')).roles).toEqual([{ value: 'Plain' }]);
  });
});

describe('B23 manager', () => {
  const path = `${ENTERPRISE}:manager`;
  const managed = { [ENTERPRISE]: { manager: { value: '271' }, department: 'd' } };

  test.each([
    set(path, '271', 'Add'),
    set(path, { value: '271' }, 'add'),
    set('manager', [{ $ref: 'http://.../scim/Users/271', value: '271' }], 'Add'),
    set(`${path}.value`, '271'),
    set('manager.Value', 271),
    { op: 'replace', value: { [path]: '271' } },
    { op: 'replace', value: { manager: { value: '271' } } },
  ])('%j', (operation) => {
    expect(on({}, operation)[ENTERPRISE]).toEqual({ manager: { value: '271' } });
  });

  test.each([
    set(path, ''),
    set(path, null),
    set(path, { value: '' }),
    set(path, { value: null, $ref: 'x' }),
    set(path, []),
    { op: 'Remove', path },
    set(path, '271', 'Remove'),
    set(`${path}.value`, ''),
    { op: 'replace', value: { manager: { value: '' } } },
  ])('%j clears it', (operation) => {
    expect(on(managed, operation)[ENTERPRISE]).toEqual({ department: 'd' });
  });

  test('a remove that names another manager changes nothing', () => {
    expect(on(managed, set(path, '9', 'Remove'))).toEqual({ ...bare, ...managed });
  });

  test('its name is not to be written', () => {
    expect(() => on(managed, set(`${path}.displayName`, 'x'))).toThrow(fault('mutability'));
    expect(on({}, { op: 'add', value: { manager: { value: '1', displayName: 'x' } } })[ENTERPRISE]).toEqual({
      manager: { value: '1' },
    });
  });
});

describe('B26 no value', () => {
  const optional = [
    'displayName',
    'title',
    'name.givenName',
    'emails',
    'emails[type eq "work"].value',
    'addresses',
    'department',
    'roles',
    'profileUrl',
    'externalId',
  ];

  test.each(optional)('null, "", [], {} and {"value":""} clear %s', (path) => {
    const filled = on({}, set(path, path === 'addresses' ? { country: 'x' } : 'x'));
    expect(filled).not.toEqual(bare);
    for (const empty of [null, '', [], {}, { value: '' }]) {
      expect(patch(filled, set(path, empty))).toEqual(bare);
      expect(patch(bare, set(path, empty))).toEqual(bare);
      if (!path.includes('[')) expect(patch(filled, { op: 'replace', value: { [path]: empty } })).toEqual(bare);
    }
    expect(patch(filled, { op: 'remove', path })).toEqual(bare);
    expect(patch(bare, { op: 'remove', path })).toEqual(bare);
  });

  test('userName is kept', () => {
    for (const operation of [
      { op: 'remove', path: 'userName' },
      set('username', ''),
      set('userName', null),
      set('userName', ' '),
      { op: 'replace', value: { userName: null } },
    ]) {
      expect(() => on({}, operation)).toThrow(fault('invalidValue', 'userName'));
    }
  });

  test('parts of a name given as null go, the others stay', () => {
    expect(
      on({ name: { givenName: 'a', familyName: 'b' } }, set('name', { GivenName: null, formatted: 'c' })).name,
    ).toEqual({
      familyName: 'b',
      formatted: 'c',
    });
  });

  test('a whole extension', () => {
    expect(patch(full, { op: 'remove', path: ENTERPRISE })).not.toHaveProperty([ENTERPRISE]);
    expect(on({ 'urn:x:A:2.0:User': { a: 1 } }, { op: 'remove', path: 'URN:X:a:2.0:user' })).toEqual(bare);
    expect(on({ 'urn:x:A:2.0:User': { a: 1, b: 2 } }, { op: 'remove', path: 'urn:x:A:2.0:User:A' })).toEqual({
      ...bare,
      'urn:x:A:2.0:User': { b: 2 },
    });
  });
});

describe('all or nothing', () => {
  test('B27 the sequences of the validator', () => {
    const after = patch(
      full,
      { op: 'remove', path: 'preferredLanguage' },
      set('externalId', 'e', 'add'),
      set('displayName', 'd', 'replace'),
    );
    expect(after).toMatchObject({ externalId: 'e', displayName: 'd' });
    expect(after).not.toHaveProperty('preferredLanguage');
    expect(on({}, { op: 'remove', path: 'title' }, set('title', 'a', 'add'), set('title', 'b', 'replace')).title).toBe(
      'b',
    );
  });

  test('B27 B59 no operations change nothing', () => {
    expect(patch(full)).toBe(full);
    expect(patchUser(full, parsePatch({ operations: [] }))).toBe(full);
  });

  test('a fault names the attribute and the operation before it is not kept', () => {
    expect(() => on({}, set('title', 't'), set('active', 'maybe'))).toThrow(fault('invalidValue', 'active'));
    expect(() => on({}, set('title', { a: 1 }))).toThrow(fault('invalidValue', 'title'));
    expect(() => on({}, set('emails[type eq "work"].value', { a: 1 }))).toThrow(fault('invalidValue', 'emails.value'));
    expect(() => on({}, set(`${ENTERPRISE}:department`, true))).toThrow(
      fault('invalidValue', `${ENTERPRISE}:department`),
    );
    expect(() => on({}, set('title', 'a\0'))).toThrow(fault('invalidValue', 'title'));
  });
});

describe('B28 what nobody knows is kept', () => {
  test('by name, part, namespace and filter', () => {
    expect(
      on(
        {},
        set('entitlement', 'x'),
        set('shoe.size', 43),
        set('urn:x:C:2.0:User:Badge', { a: null }),
        set('tags[kind eq "a"].label', 'l', 'Add'),
      ),
    ).toEqual({
      ...bare,
      entitlement: 'x',
      shoe: { size: 43 },
      'urn:x:C:2.0:User': { Badge: { a: null } },
      tags: [{ kind: 'a', label: 'l' }],
    });
  });

  test('in any case the same attribute', () => {
    expect(on({ Shoe: { Size: 43 } }, set('shoe.size', 44))).toEqual({ ...bare, Shoe: { Size: 44 } });
    expect(on({ tags: ['a'] }, set('TAGS', ['a', 'b'], 'add')).tags).toEqual(['a', 'b']);
    expect(on({ tags: ['a', 'b'] }, set('tags', ['a'], 'remove')).tags).toEqual(['b']);
    expect(on({ tags: [{ a: 'x' }, { a: 'y' }] }, { op: 'remove', path: 'tags[A eq "x"]' }).tags).toEqual([
      { a: 'x' },
      { a: 'y' },
    ]);
    expect(on({ tags: [{ a: 'x' }, { a: 'y' }] }, { op: 'remove', path: 'tags[a eq "X"]' }).tags).toEqual([{ a: 'y' }]);
  });
});

describe('paths', () => {
  test.each([
    'emails[type eq "work"',
    'emails[type eq].value',
    'emails[].value',
    'emails[type eq "work"]value',
    'emails[type eq "work"].',
    'emails[type eq "work"].a.b',
    'emails.value[type eq "work"]',
    'userName[type eq "work"]',
    'name[givenName eq "x"]',
    'title.x',
    'a b',
    '.a',
    'a.',
    '[type eq "x"]',
    `emails[${'('.repeat(30)}type pr${')'.repeat(30)}]`,
    'x'.repeat(5000),
    'urn: x:y',
    'a\0',
  ])('%s does not parse', (path) => {
    expect(() => on({}, set(path, 'x'))).toThrow(fault('invalidPath'));
  });

  test.each([
    'id',
    'ID',
    'meta',
    'meta.version',
    'Meta.Version',
    'schemas',
    'groups',
    'groups[value eq "x"]',
    'groups.value',
    `${CORE_USER}:id`,
    `${CORE_USER.toUpperCase()}:META.version`,
  ])('26 27 %s is not for clients', (path) => {
    for (const op of ['add', 'replace', 'remove'])
      expect(() => on({}, set(path, 'x', op))).toThrow(fault('mutability'));
  });

  test('a password is taken and dropped', () => {
    expect(on({}, set('password', 'secret'), { op: 'add', value: { Password: 'secret' } })).toEqual(bare);
  });
});

describe('A22 the payloads that pollute', () => {
  test.each([
    '{"op":"add","path":"__proto__.x","value":1}',
    '{"op":"add","path":"constructor.prototype.x","value":1}',
    '{"op":"add","value":{"__proto__.x":1}}',
    '{"op":"add","value":{"__proto__":{"x":1}}}',
    '{"op":"replace","path":"name","value":{"__proto__":{"x":1}}}',
    '{"op":"replace","path":"emails[type eq \\"work\\"].__proto__","value":{"x":1}}',
    '{"op":"replace","path":"emails[__proto__ eq \\"work\\"].x","value":1}',
    '{"op":"add","value":{"urn:x:1.0:User":{"constructor":{"prototype":{"x":1}}}}}',
    '{"op":"add","path":"urn:__proto__:x","value":1}',
    '{"op":"remove","path":"constructor.prototype.toString"}',
  ])('%s', (text) => {
    expect(() => on({}, JSON.parse(text))).toThrow(expect.objectContaining({ status: 400 }));
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(Object.prototype.toString.call([])).toBe('[object Array]');
  });

  test('toString.x makes an attribute of the record and leaves the builtin alone', () => {
    const after = on({}, set('toString.x', 1), set('emails[type eq "work"].valueOf', 'v'));
    expect(JSON.parse(JSON.stringify(after))).toEqual({
      ...bare,
      toString: { x: 1 },
      emails: [{ type: 'work', valueOf: 'v' }],
    });
    expect(Object.hasOwn(Object.prototype.toString, 'x')).toBe(false);
  });
});

describe('B21 the message is read leniently', () => {
  test.each([
    { OPERATIONS: [{ OP: 'rEPLACE', PATH: 'title', VALUE: 't', name: 'x' }] },
    { operations: { op: 'add', path: ' title ', value: 't' }, extra: 1 },
    { Operations: [{ op: 'add', path: '', value: { title: 't' } }] },
  ])('%j', (body) => {
    expect(patchUser(bare, parsePatch(body)).title).toBe('t');
  });

  test.each([
    null,
    [],
    'x',
    {},
    { Operations: 'x' },
    { Operations: [1] },
    { Operations: [{ op: 'add', path: 1 }] },
    { Operations: [{ path: 'a' }] },
  ])('%j is refused', (body) => {
    expect(() => parsePatch(body)).toThrow(fault('invalidSyntax'));
  });

  test('an unknown op is named by its place', () => {
    expect(() => parsePatch({ Operations: [{ op: 'add' }, { op: 'move' }] })).toThrow('Operation 1 has the op "move"');
  });

  test('a remove needs a path, and a value without one must be an object', () => {
    expect(() => on({}, { op: 'remove' })).toThrow(fault('noTarget'));
    expect(() => on({}, { op: 'add', value: 'x' })).toThrow(fault('invalidSyntax'));
  });

  test.each([
    { op: 'add', path: 'emails' },
    { op: 'replace', path: 'emails' },
    { op: 'Add', path: 'title' },
    { op: 'replace', path: 'emails[type eq "work"].value' },
  ])('%j is refused by name: what is not said clears nothing', (operation) => {
    expect(() => on({ emails: [{ type: 'work', value: 'a' }] }, operation)).toThrow(
      fault('invalidValue', operation.path.split('[')[0]),
    );
  });

  test('an operation says something', () => {
    expect(() => on({}, { op: 'add' })).toThrow(fault('invalidSyntax'));
    expect(() => on({}, { op: 'replace' })).toThrow(fault('invalidSyntax'));
  });

  test('A63 the number of operations is bounded', () => {
    const operations = (count: number) => ({ Operations: Array.from({ length: count }, () => set('title', 't')) });
    expect(patchUser(bare, parsePatch(operations(1000))).title).toBe('t');
    expect(() => parsePatch(operations(1001))).toThrow(expect.objectContaining({ status: 413 }));
    const wide = (name: string) =>
      Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${name}${index}`, 1]));
    const add = (value: unknown) => ({ op: 'add', value });
    const tooMany = expect.objectContaining({ status: 413 });
    expect(() => on({}, ...Array.from({ length: 11 }, () => add(wide('a'))))).toThrow(tooMany);
    expect(() => on({}, add(wide('a')), add(wide('b')))).toThrow(fault('invalidSyntax'));
    const emails = Array.from({ length: 200 }, (_, index) => ({ value: `x${index}` }));
    expect(() => on({}, ...Array.from({ length: 13 }, () => set('emails', emails, 'add')))).toThrow(tooMany);
    expect(() => on({}, set('emails', emails, 'add'), set('emails', 'y', 'add'))).toThrow(
      fault('invalidValue', 'emails'),
    );
    const long = `emails[type eq "${'x'.repeat(4000)}"].value`;
    expect(() => on({}, ...Array.from({ length: 40 }, () => set(long, 'y')))).toThrow(tooMany);
  });
});
