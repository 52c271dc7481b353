import { describe, expect, test } from 'vitest';
import type { Condition } from '../../../src/domain/condition.ts';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { print } from './print.ts';

const text = (text: string) => print(parseFilter('User', text));
const refused = (text: string) =>
  expect(() => parseFilter('User', text), text).toThrow(
    expect.objectContaining({ scimType: 'invalidFilter', status: 400 }),
  );

describe('the filters Entra sends', () => {
  test('B3 userName', () => {
    expect(parseFilter('User', 'userName eq "Test_User_00aa00aa-bb11"')).toEqual({
      kind: 'compare',
      attribute: { steps: [{ name: 'userName', multiValued: false }], type: 'string', caseExact: false },
      op: 'eq',
      value: 'Test_User_00aa00aa-bb11',
    } satisfies Condition);
  });

  test('B3 work mail asks one and the same element', () => {
    expect(parseFilter('User', 'emails[type eq "work"].value eq "a@b.c"')).toMatchObject({
      kind: 'element',
      attribute: { steps: [{ name: 'emails', multiValued: true }], type: 'complex' },
      where: {
        kind: 'and',
        terms: [
          { kind: 'compare', attribute: { steps: [{ name: 'type' }] }, op: 'eq', value: 'work' },
          { kind: 'compare', attribute: { steps: [{ name: 'value' }] }, op: 'eq', value: 'a@b.c' },
        ],
      },
    });
  });

  test.each([
    ['A10 a value without quotes', 'externalId eq jyoung', 'externalId eq "jyoung"'],
    ['A10 a number without quotes, for a text', 'externalId eq 0123', 'externalId eq "0123"'],
    ['B3 another mail', 'emails.value eq "x"', 'emails.value eq "x"'],
    ['B3 the primary mail', 'emails[primary eq true].value eq "x"', 'emails[(primary eq true) and (value eq "x")]'],
    ['B22 True in quotes', 'roles[primary eq "True"].value eq "x"', 'roles[(primary eq true) and (value eq "x")]'],
    ['B24 the manager', 'id eq "u" and manager eq "m"', `(id eq "u") and (${ENTERPRISE}:manager.value eq "m")`],
    ['B4 names in any case', 'USERNAME Eq "x"', 'userName eq "x"'],
    ['B18 the core namespace', 'urn:ietf:params:scim:schemas:core:2.0:User:title eq "x"', 'title eq "x"'],
    ['an enterprise name', `${ENTERPRISE.toLowerCase()}:Department sw "x"`, `${ENTERPRISE}:department sw "x"`],
    ['a bare list', 'emails co "x"', 'emails.value co "x"'],
    [
      'H9 a date with seven digits',
      'meta.Created gt 2015-10-10T14:38:21.8617979-07:00',
      'meta.created gt "2015-10-10T21:38:21.861Z"',
    ],
    [
      'H9 mixed case without quotes',
      'name.FamilyName eq Employee and (emails.Value co example.com or emails.Value co example.org)',
      '(name.familyName eq "Employee") and ((emails.value co "example.com") or (emails.value co "example.org"))',
    ],
    [
      'and before or',
      'title pr or active eq true and nickName pr',
      '(title pr) or ((active eq true) and (nickName pr))',
    ],
    ['not', 'NOT(title pr)', 'not (title pr)'],
    ['null', 'title eq null', 'not (title pr)'],
    ['not null', 'title ne null', 'title pr'],
    ['null in quotes is a text', 'title eq "null"', 'title eq "null"'],
    ['active in quotes', 'active eq "False"', 'active eq false'],
    ['escapes', String.raw`title eq "a\"b\\c\u00e9\/"`, String.raw`title eq "a\"b\\cé/"`],
    ['parentheses in a text', 'title eq "(a) or [b]"', 'title eq "(a) or [b]"'],
    ['a whole element', 'emails[type eq "work" and value co "x"]', 'emails[(type eq "work") and (value co "x")]'],
    ['a namespace nobody knows', 'urn:x:Custom:2.0:User:badge eq "7"', 'urn:x:Custom:2.0:User:badge eq "7"'],
  ])('%s', (_, given, expected) => {
    expect(text(given)).toBe(expected);
  });

  test('C13 members mean their value', () => {
    expect(print(parseFilter('Group', 'id eq "g" and members eq "u"'))).toBe('(id eq "g") and (members.value eq "u")');
    expect(print(parseFilter('Group', 'members[value eq "u"]'))).toBe('members[value eq "u"]');
  });
});

describe('B5 what cannot be answered exactly is refused', () => {
  test.each([
    '',
    ' ',
    'userName',
    'userName eq',
    'userName eq "x" and',
    'userName eq "x" title pr',
    'userName xx "x"',
    'userName eq "x',
    'userName eq "x\\"',
    'userName eq "\\x"',
    '(userName eq "x"',
    'userName eq "x")',
    'not userName eq "x"',
    'emails[type eq "work"',
    'emails[type eq "work"].',
    'emails[type eq "work"].value',
    'emails[]',
    'userName[type eq "x"]',
    'name[givenName eq "x"]',
    'favouriteColour eq "x"',
    'name.nothing eq "x"',
    'emails.display eq "x"',
    'emails[display eq "x"]',
    'password sw "a"',
    'groups.primary eq "x"',
    'members.value eq "x"',
    'meta.nothing eq "x"',
    'name eq "x"',
    'addresses eq "x"',
    'active gt true',
    'active co "r"',
    'active eq "yes"',
    'active gt null',
    'meta.created co "2015"',
    'meta.created gt "yesterday"',
    'meta.created gt "2015-02-30T00:00:00Z"',
    '__proto__ eq "x"',
    'constructor.prototype eq "x"',
    'emails[__proto__ eq "x"]',
    'urn:x:__proto__:a eq "x"',
    'title eq "\u0000"',
    'title eq "\\u0000"',
    'title eq "\\ud800"',
    'title eq "\ud800"',
    `title eq "${'x'.repeat(4096)}"`,
  ])('%s', refused);

  test('a group has its own attributes', () => {
    expect(() => parseFilter('Group', 'userName eq "x"')).toThrow(
      expect.objectContaining({ scimType: 'invalidFilter' }),
    );
    expect(() => parseFilter('Group', 'members.display eq "x"')).toThrow(
      expect.objectContaining({ scimType: 'invalidFilter' }),
    );
  });
});

describe('A29 depth is bounded', () => {
  const nested = (depth: number, open = '(', close = ')') => `${open.repeat(depth)}title pr${close.repeat(depth)}`;

  test('20 levels are read, 21 are not', () => {
    expect(text(nested(20))).toBe('title pr');
    refused(nested(21));
    expect(text(nested(20, 'not ('))).toContain('not (not (');
    refused(nested(21, 'not('));
  });

  test.each([5_000, 1_000_000])('%d levels are refused before they are read', (depth) => {
    refused(nested(depth));
    refused('('.repeat(depth));
    refused('not('.repeat(depth));
    refused('emails['.repeat(depth));
  });
});
