import { describe, expect, test } from 'vitest';
import type { MemberChange } from '../../../src/domain/groups/member-change.ts';
import { parsePatch } from '../../../src/scim/patch/operation.ts';
import { patchGroup } from '../../../src/scim/patch/patch-group.ts';

const patch = (...Operations: unknown[]) => patchGroup(parsePatch({ Operations }));
const members = (...operations: unknown[]): MemberChange[] => patch(...operations).members;
const add = (...ids: string[]) => ({ kind: 'add', ids });
const remove = (...ids: string[]) => ({ kind: 'remove', ids });
const replace = (...ids: string[]) => ({ kind: 'replace', ids });
const clear = { kind: 'clear' };
const fault = (scimType: string) => expect.objectContaining({ status: 400, scimType });

describe('members', () => {
  test.each([
    [
      'C7 documented',
      { op: 'Add', path: 'members', value: [{ $ref: null, value: 'f648f8d5ea4e4cd38e9c' }] },
      [add('f648f8d5ea4e4cd38e9c')],
    ],
    ['C7 bare text', { name: 'addMember', op: 'add', path: 'members', value: 'string id 1' }, [add('string id 1')]],
    ['C7 object with displayName', { op: 'add', path: 'members', value: { displayName: 'x', value: 'a' } }, [add('a')]],
    [
      'C7 several, once each',
      { op: 'add', path: 'members', value: [{ value: 'a' }, { Value: 'b' }, 'a'] },
      [add('a', 'b')],
    ],
    ['C7 validator', { op: 'replace', path: 'members', value: [{ value: '805d' }] }, [replace('805d')]],
    ['C8 UseSCIM', { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'f648' }] }, [remove('f648')]],
    ['C8 Compat', { op: 'Remove', path: 'members', value: [{ value: 'u1091' }] }, [remove('u1091')]],
    ['C9 flag', { op: 'remove', path: 'members[value eq "7f4bc1a3-285e"]' }, [remove('7f4bc1a3-285e')]],
    ['C9 with the value', { op: 'remove', path: 'members[value eq "a"].value' }, [remove('a')]],
    ['H3 JumpCloud', { op: 'remove', path: 'members[value eq a]' }, [remove('a')]],
    ['several in one filter', { op: 'remove', path: 'members[value eq "a" or value eq "b"]' }, [remove('a', 'b')]],
    ['C10 no value', { op: 'remove', path: 'members' }, [clear]],
    ['C10 empty replace', { op: 'replace', path: 'members', value: [] }, [clear]],
    ['C10 empty remove', { op: 'remove', path: 'members', value: [] }, []],
    ['C10 remove of nobody', { op: 'remove', path: 'members', value: [{ value: '' }].slice(1) }, []],
    ['nothing added', { op: 'add', path: 'members', value: [] }, []],
    ['without a path', { op: 'add', value: { members: [{ value: 'a' }] } }, [add('a')]],
    [
      'with the namespace',
      { op: 'add', path: 'urn:ietf:params:scim:schemas:core:2.0:Group:Members', value: 'a' },
      [add('a')],
    ],
    ['by its part', { op: 'add', path: 'members.value', value: 'a' }, [add('a')]],
    ['by filter', { op: 'add', path: 'members[value eq "a"]' }, [add('a')]],
    ['in exchange', { op: 'replace', path: 'members[value eq "a"]', value: { value: 'b' } }, [remove('a'), add('b')]],
    ['empty exchange', { op: 'replace', path: 'members[value eq "a"]', value: '' }, [remove('a')]],
  ])('%s', (_, operation, expected) => {
    expect(members(operation)).toEqual(expected);
  });

  test('H7 operations keep their order', () => {
    expect(
      members({ op: 'add', path: 'members', value: [{ value: 'a' }] }, { op: 'remove', path: 'members[value eq "a"]' }),
    ).toEqual([add('a'), remove('a')]);
  });

  test('a filter that names more than ids is asked of each member', () => {
    const [change] = members({ op: 'remove', path: 'members[type eq "User" and display co "J"]' });
    expect(change).toMatchObject({ kind: 'removeWhere' });
    const asks = change as Extract<MemberChange, { kind: 'removeWhere' }>;
    expect(asks.matches({ value: 'a', display: 'julien', type: 'User' })).toBe(true);
    expect(asks.matches({ value: 'a', display: null, type: 'User' })).toBe(false);
  });

  test('a member without an id is refused, so that nobody is lost in silence', () => {
    for (const value of [[{}], [{ value: '' }], [null], [{ $ref: 'x' }]]) {
      expect(() => members({ op: 'replace', path: 'members', value })).toThrow(fault('invalidValue'));
      expect(() => members({ op: 'remove', path: 'members', value })).toThrow(fault('invalidValue'));
    }
  });

  test('a member is named by its address alone too', () => {
    const value = [{ $ref: 'https://hub.example/scim/v2/Users/a' }, { $ref: '../Users/b', value: null }];
    expect(members({ op: 'add', path: 'members', value })).toEqual([add('a', 'b')]);
  });

  test('a part of the members is not removed without the members', () => {
    expect(() => members({ op: 'remove', path: 'members.value' })).toThrow(fault('mutability'));
    expect(members({ op: 'remove', path: 'members.value', value: ['a'] })).toEqual([remove('a')]);
  });

  test('who a member is cannot be written', () => {
    expect(() => members({ op: 'replace', path: 'members[value eq "a"].display', value: 'x' })).toThrow(
      fault('mutability'),
    );
    expect(() => members({ op: 'replace', path: 'members[value eq "a"].value', value: 'x' })).toThrow(
      fault('mutability'),
    );
  });

  test('C11 a thousand values are one change, fifty thousand and one too many', () => {
    const value = Array.from({ length: 50_001 }, (_, index) => ({ value: String(index) }));
    expect(members({ op: 'add', path: 'members', value: value.slice(1) })[0]).toMatchObject({
      ids: { length: 50_000 },
    });
    expect(() => members({ op: 'add', path: 'members', value })).toThrow(expect.objectContaining({ status: 413 }));
  });
});

describe('the group itself', () => {
  const group = { displayName: 'g', externalId: 'e' };

  test.each([
    ['C6', { op: 'Replace', path: 'displayName', value: 'new' }, { ...group, displayName: 'new' }],
    [
      'C6 batched',
      { op: 'replace', value: { displayName: 'WUZPWMBDDCGI' } },
      { ...group, displayName: 'WUZPWMBDDCGI' },
    ],
    ['C6 externalId', { op: 'replace', value: { externalId: '663fa3a8-…' } }, { ...group, externalId: '663fa3a8-…' }],
    ['H1 Okta', { op: 'replace', value: { id: 'x', displayName: 'n' } }, { ...group, displayName: 'n' }],
    ['S14', { op: 'add', path: 'description', value: 'd' }, { ...group, description: 'd' }],
  ])('%s touches no members', (_, operation, expected) => {
    const { change, members } = patch(operation);
    expect(change!(group)).toEqual(expected);
    expect(members).toEqual([]);
    expect(group).toEqual({ displayName: 'g', externalId: 'e' });
  });

  test('operations on members alone do not touch the record', () => {
    expect(patch({ op: 'add', path: 'members', value: 'a' }).change).toBe(null);
  });

  test('the name is required', () => {
    expect(() => patch({ op: 'remove', path: 'displayName' }).change!(group)).toThrow(fault('invalidValue'));
  });

  test('one bad operation stops all before anything is changed', () => {
    expect(() =>
      patch({ op: 'add', path: 'members', value: 'a' }, { op: 'add', path: 'members[', value: 'b' }),
    ).toThrow(fault('invalidPath'));
  });
});
