import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { fold } from '../../../src/domain/key.ts';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { matches } from '../../../src/scim/filter/evaluate.ts';
import { compareText } from '../../../src/scim/filter/fold.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';

const julien: JsonObject = {
  userName: 'Julien.VonRueden@ondricka.us',
  externalId: 'Ab1',
  active: true,
  title: 'Vice President',
  name: { givenName: 'Elfrieda', familyName: 'Urban' },
  emails: [
    { type: 'work', value: 'thaddeus@hammes.info', primary: true },
    { type: 'home', value: 'julien@example.org' },
  ],
  [ENTERPRISE]: { department: 'ZYWT', manager: { value: 'usr_1' } },
  meta: { created: '2026-01-02T03:04:05.678Z' },
};

test.each([
  ['userName eq "julien.vonrueden@ONDRICKA.us"', true],
  ['userName eq "ｊulien.vonrueden@ondricka.us"', true],
  ['externalId eq "Ab1"', true],
  ['externalId eq "ab1"', false],
  ['title eq "VICE president"', true],
  ['title sw "vice" and title ew "dent" and title co "e p"', true],
  ['title gt "a" and title lt "z" and title ge "vice president" and title le "vice president"', true],
  ['emails.value eq "thaddeus@hammes.info"', true],
  ['emails[type eq "work" and value co "julien"]', false],
  ['emails[type eq "home"].value co "julien"', true],
  ['emails[primary eq true].value sw "thad"', true],
  ['emails.type ne "work"', false],
  ['nickName ne "x"', true],
  ['nickName eq "x"', false],
  ['nickName pr', false],
  ['nickName eq null', true],
  ['name pr and emails pr and manager pr', true],
  ['manager eq "USR_1"', true],
  ['department eq "zywt"', true],
  ['active eq "True"', true],
  ['active ne false', true],
  ['meta.created gt 2026-01-02T04:04:05.677+01:00', true],
  ['meta.created eq "2026-01-02T03:04:05.6789Z"', true],
  ['title eq "x" or not (active eq false)', true],
])('%s: %s', (filter, expected) => {
  expect(matches(parseFilter('User', filter), julien)).toBe(expected);
});

test('C2 B4 a group name is found in any case, and only as a whole', () => {
  const group = { displayName: 'Zürich ΑΣ' };
  expect(matches(parseFilter('Group', 'displayName eq "ZÜRICH ας"'), group, 'Group')).toBe(true);
  expect(matches(parseFilter('Group', 'displayName eq "Zürich"'), group, 'Group')).toBe(false);
});

test('an inherited name is no value', () => {
  expect(matches(parseFilter('User', 'urn:x:y:1.0:User:toString pr'), { 'urn:x:y:1.0:User': {} })).toBe(false);
});

describe('texts are compared as PostgreSQL does under C.UTF-8', () => {
  test('folding knows no final sigma and keeps one code point one', () => {
    expect(fold('ΑΣ')).toBe('ασ');
    expect(fold('İ')).toBe('i');
    expect(fold('ǅẞ𐐀')).toBe('ǆß𐐨');
    expect([...fold('ÄÖÜİΣ')].length).toBe(5);
  });

  test('order is by code point, not by UTF-16 unit', () => {
    expect(compareText('😀', '\uffee')).toBeGreaterThan(0);
    expect(compareText('a', 'ab')).toBeLessThan(0);
    expect(compareText('a', 'a')).toBe(0);
  });
});
