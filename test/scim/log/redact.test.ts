import { describe, expect, test } from 'vitest';
import { redactedBody } from '../../../src/scim/log/redact.ts';
import { redactedPath } from '../../../src/scim/log/redact-path.ts';

const kept = (body: unknown, ...sensitive: string[]) => JSON.parse(redactedBody(body, new Set(sensitive))!);

const S = 'hunter2-canary';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

describe('a body as the log keeps it', () => {
  test.each([
    [{ password: S }],
    [{ PassWord: { value: S } }],
    [{ [`${USER}:password`]: S }],
    [{ [USER]: { password: S } }],
    [{ Operations: [{ op: 'replace', path: 'password', value: S }] }],
    [{ Operations: [{ op: 'replace', Path: `${USER}:password`, Value: S }] }],
    [{ Operations: [{ op: 'add', value: { password: S, [`${USER}:password`]: [S] } }] }],
    [{ Operations: [{ op: 'add', path: `x[password eq "${S}"].y`, value: 'z' }] }],
    [{ Operations: [{ op: 'add', path: `x[password eq ${S}]`, value: S }] }],
    [{ Operations: [{ op: 'add', value: { [`password eq "${S}"`]: true } }] }],
    [{ credentials: [{ type: 'x', value: S }] }],
    [{ extra: [{ type: 'client_secret', value: S }] }],
    [{ roles: [JSON.stringify({ value: 'a', password: S })] }],
    [{ roles: [JSON.stringify({ value: JSON.stringify({ token: S }) })] }],
    [{ note: `the password: ${S}` }],
    [{ a: [[[{ secret: { deep: [S] } }]]] }],
  ])('A53 never holds a secret: %j', (body) => {
    expect(redactedBody(body)).not.toContain(S);
  });

  test('A53 holds no credential of the hub and no signed token, wherever it stands', () => {
    const token = `rollcall_scim_${'a'.repeat(12)}_${'B'.repeat(43)}_${'c'.repeat(6)}`;
    const jwt = `eyJ${'h'.repeat(20)}.${'p'.repeat(40)}.${'s'.repeat(40)}`;
    expect(kept({ [token]: `x${token}y`, title: `Bearer ${jwt}` })).toEqual({
      '[secret]': 'x[secret]',
      title: 'Bearer [secret]',
    });
  });

  test('keeps operations, paths, names and types', () => {
    const body = {
      Operations: [{ op: 'Replace', path: 'emails[type eq "work"].value', value: 'ada@x' }],
      n: [1, null],
    };
    expect(kept(body)).toEqual(body);
  });

  test('masks what is under a sensitive field, by name and by path', () => {
    const body = {
      name: { familyName: 'L' },
      phoneNumbers: [{ value: '1' }],
      Operations: [
        { op: 'add', path: `phoneNumbers[type eq "home"].value`, value: '1' },
        { op: 'add', path: `${USER}:name.familyName`, value: 'L' },
        { op: 'add', path: 'name.givenName', value: 'A' },
        { op: 'add', value: { 'name.familyName': 'L', title: null } },
      ],
    };
    expect(kept(body, 'familyname', 'phonenumbers')).toEqual({
      name: { familyName: '[masked]' },
      phoneNumbers: '[masked]',
      Operations: [
        { op: 'add', path: `phoneNumbers[type eq "home"].value`, value: '[masked]' },
        { op: 'add', path: `${USER}:name.familyName`, value: '[masked]' },
        { op: 'add', path: 'name.givenName', value: 'A' },
        { op: 'add', value: { 'name.familyName': '[masked]', title: null } },
      ],
    });
  });

  test('ends long lists in a count, cuts long texts and stays within 16 KiB', () => {
    const members = Array.from({ length: 5_000 }, (_, value) => ({ value }));
    expect(kept({ members }).members).toHaveLength(21);
    expect(kept({ members }).members[20]).toBe('[4980 more]');
    expect(kept({ title: 'x'.repeat(5_000) }).title).toHaveLength(1_001);
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`attribute${index}`, 'x']));
    expect(Object.keys(kept(wide))).toHaveLength(201);
    for (const name of Object.keys(wide)) wide[name] = 'x'.repeat(500);
    expect(Object.keys(kept(wide))).toEqual(['[cut]']);
    expect(redactedBody(wide)!.length).toBeLessThan(40_000);
  });

  test('a name that reaches the prototype is a name like any other', () => {
    expect(redactedBody(JSON.parse('{"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1}}');
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe('an address as the log keeps it', () => {
  test('keeps filters, and of a parameter that names a secret the name', () => {
    expect(redactedPath('/scim/v2/Users?filter=userName+eq+%22a%22&count=1')).toBe(
      '/scim/v2/Users?filter=userName+eq+%22a%22&count=1',
    );
    expect(redactedPath(`/scim/v2/Users?filter=pass%77ord%20eq%20"${S}"&count=1`)).toBe(
      '/scim/v2/Users?filter=[secret]&count=1',
    );
    expect(redactedPath(`/scim/v2/Users?filter=password eq "a&${S}"&count=1`)).toBe(
      '/scim/v2/Users?filter=[secret]&[secret]&count=1',
    );
    expect(redactedPath(`/scim/v2/Users?access_token=${S}`)).toBe('/scim/v2/Users?access_token=[secret]');
    expect(redactedPath(`/scim/v2/Users/password=${S}`)).toBe('/scim/v2/Users/[secret]');
    expect(redactedPath('/x?%')).toBe('/x?%');
  });
});
