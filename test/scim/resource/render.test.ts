import { describe, expect, test } from 'vitest';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { parseProjection, wants } from '../../../src/scim/resource/projection.ts';
import { newUser } from '../../../src/scim/resource/read.ts';
import { renderGroup, renderUser } from '../../../src/scim/resource/render.ts';
import { fullPost } from './bodies.ts';

const base = 'https://hub.example/scim/v2';
const dates = { createdAt: '2026-01-02T03:04:05.678Z', updatedAt: '2026-01-03T03:04:05.678Z' };
const stored = { id: 'usr_1', version: 3, resource: newUser(JSON.parse(fullPost)), ...dates };
const show = (attributes?: string, excluded?: string) =>
  renderUser(stored, base, parseProjection('User', attributes, excluded));

describe('a person read back', () => {
  test('B6 is what was sent, with id, meta and namespaces', () => {
    const { schemas, id, meta, ...rest } = renderUser(stored, base);
    expect(schemas).toEqual(['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE]);
    expect(id).toBe('usr_1');
    expect(meta).toEqual({
      resourceType: 'User',
      created: dates.createdAt,
      lastModified: dates.updatedAt,
      location: `${base}/Users/usr_1`,
      version: 'W/"3"',
    });
    const extension = stored.resource[ENTERPRISE] as object;
    expect(rest).toEqual({
      ...stored.resource,
      [ENTERPRISE]: { ...extension, manager: { value: 'XYMKVVRYDIOO', $ref: `${base}/Users/XYMKVVRYDIOO` } },
    });
  });

  test('shares its values with the record and changes none of them', () => {
    const before = structuredClone(stored.resource);
    expect(renderUser(stored, base).emails).toBe(stored.resource.emails);
    show(undefined, 'emails.type,manager.value,name.givenName');
    show('emails.value,name.familyName');
    expect(stored.resource).toEqual(before);
  });

  test('names other namespaces that are present', () => {
    const resource = { userName: 'u', 'urn:x:2.0:User': { a: 1 } };
    expect(renderUser({ ...stored, resource }, base).schemas).toEqual([
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:x:2.0:User',
    ]);
  });
});

describe('a group read back', () => {
  const group = { id: 'grp_1', version: 1, resource: { displayName: 'g' }, ...dates };

  test('C5 shows no members as an empty list, and none when they were not read', () => {
    expect(renderGroup({ ...group, members: [] }, base).members).toEqual([]);
    expect(renderGroup(group, base)).not.toHaveProperty('members');
  });

  test('members have a value, an address and a type', () => {
    expect(
      renderGroup(
        {
          ...group,
          members: [
            { value: 'usr_1', display: 'J' },
            { value: 'usr_2', display: null },
          ],
        },
        base,
      ).members,
    ).toEqual([
      { value: 'usr_1', $ref: `${base}/Users/usr_1`, display: 'J', type: 'User' },
      { value: 'usr_2', $ref: `${base}/Users/usr_2`, type: 'User' },
    ]);
  });

  test.each(['members', 'Members', 'foo, MEMBERS', 'urn:ietf:params:scim:schemas:core:2.0:Group:members'])(
    'C4 excludedAttributes=%s leaves them out',
    (excluded) => {
      const projection = parseProjection('Group', undefined, excluded);
      expect(wants(projection, 'members')).toBe(false);
      expect(renderGroup({ ...group, members: [{ value: 'usr_1' }] }, base, projection)).toEqual(
        renderGroup(group, base),
      );
    },
  );

  test('members need not be read when nobody asks for them', () => {
    expect(wants(null, 'members')).toBe(true);
    expect(wants(parseProjection('Group', 'displayName', ''), 'members')).toBe(false);
    expect(wants(parseProjection('Group', 'members.value', undefined), 'members')).toBe(true);
    expect(wants(parseProjection('Group', undefined, 'members.display'), 'members')).toBe(true);
  });
});

describe('only what is asked for', () => {
  const always = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE], id: 'usr_1' };

  test('B24 attributes=id', () => {
    expect(show('id')).toEqual(always);
  });

  test('names in any case, parts, namespaces, lists', () => {
    expect(show('USERNAME,name.GivenName,name.familyName, department ,emails.value,emails.type')).toEqual({
      ...always,
      userName: 'julien.vonrueden@ondricka.us',
      name: { givenName: 'Elfrieda', familyName: 'Urban' },
      emails: [{ value: 'thaddeus@hammes.info', type: 'work' }],
      [ENTERPRISE]: { department: 'ZYWTBPDFHIIP' },
    });
    expect(show(ENTERPRISE)).toEqual({ ...always, [ENTERPRISE]: renderUser(stored, base)[ENTERPRISE] });
    expect(show(`name.givenName,name`)).toEqual({ ...always, name: stored.resource.name });
    expect(show(`name,name.givenName`)).toEqual({ ...always, name: stored.resource.name });
  });

  test('H9 a filter after the name is taken off, unknown names are left out', () => {
    expect(show('emails[type eq "work"],nothing,__proto__,title.x')).toEqual({
      ...always,
      emails: stored.resource.emails,
    });
    expect(show('nothing')).toEqual(always);
    expect(show('')).toEqual(renderUser(stored, base));
  });

  test('all but what is excluded; id and schemas stay', () => {
    const { emails: _, name, ...rest } = renderUser(stored, base);
    const { givenName: __, ...names } = name as { givenName: string };
    expect(show(undefined, 'Emails,name.givenName,id,schemas,__proto__')).toEqual({ ...rest, name: names });
    expect(show(undefined, `${ENTERPRISE}:department`)[ENTERPRISE]).not.toHaveProperty('department');
    expect(show(undefined, ENTERPRISE)).not.toHaveProperty([ENTERPRISE]);
  });

  test('both at once are refused', () => {
    expect(() => show('id', 'name')).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidValue' }));
  });
});
