import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { ScimFault } from '../../../src/scim/faults.ts';
import { matches } from '../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { print } from './print.ts';

const texts = fc.constantFrom(
  '',
  'a',
  'A',
  'ab',
  'ß',
  'İ',
  'ΑΣ',
  '"',
  '\\',
  '(',
  ']',
  'work',
  'é\u0301',
  '😀',
  'null',
  'true',
);
const textOps = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'Co');
const quoted = texts.map((text) => JSON.stringify(text));
const names = fc.constantFrom(
  'userName',
  'title',
  'TITLE',
  'name.givenName',
  'externalId',
  'department',
  'manager',
  'emails',
  'emails.value',
);
const compare = fc.tuple(names, textOps, quoted).map((parts) => parts.join(' '));
const flags = fc
  .tuple(
    fc.constantFrom('active', 'roles.primary'),
    fc.constantFrom('eq', 'ne'),
    fc.constantFrom('true', '"False"', 'null'),
  )
  .map((parts) => parts.join(' '));
const dates = fc
  .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
  .map((date) => `meta.created ge "${date.toISOString()}"`);
const present = fc.constantFrom('title pr', 'name pr', 'emails PR', 'roles.primary pr');
const inside = fc.oneof(
  fc.tuple(fc.constantFrom('type', 'value', 'VALUE'), textOps, quoted).map((parts) => parts.join(' ')),
  fc.constant('primary eq "True"'),
  fc.constant('not (type pr)'),
);
const element = fc
  .tuple(inside, fc.constantFrom('and', 'or'), inside, fc.constantFrom('', '.value eq "a"', '.type pr'))
  .map(([a, op, b, tail]) => `emails[${a} ${op} ${b}]${tail}`);

/** Filters of the whole grammar, nested up to three deep. */
const filters = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'filter' },
    compare,
    flags,
    dates,
    present,
    element,
    tie('filter').map((term) => `(${term})`),
    tie('filter').map((term) => `not (${term})`),
    fc.tuple(tie('filter'), fc.constantFrom(' and ', ' or ', ' AND '), tie('filter')).map((parts) => parts.join('')),
  ),
})).filter;

const elements = fc.array(
  fc.record({ type: fc.constantFrom('work', 'home', 'A'), value: texts, primary: fc.boolean() }, { requiredKeys: [] }),
  { maxLength: 3 },
);
const records: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      userName: texts,
      title: texts,
      externalId: texts,
      active: fc.boolean(),
      name: fc.record({ givenName: texts }),
      emails: elements,
      roles: elements,
    },
    { requiredKeys: [] },
  )
  .map((record) => record as JsonObject);

const outcome = (text: string) => {
  try {
    return parseFilter('User', text);
  } catch (error) {
    if (error instanceof ScimFault && error.status === 400 && error.scimType === 'invalidFilter') return null;
    throw error;
  }
};

test('every filter of the grammar is read, and printing it reads the same', () => {
  fc.assert(
    fc.property(filters, (text) => {
      const condition = parseFilter('User', text);
      expect(parseFilter('User', print(condition))).toEqual(condition);
    }),
    { numRuns: 5000 },
  );
});

test('the laws of not, and, or hold for every record', () => {
  fc.assert(
    fc.property(filters, filters, records, (left, right, record) => {
      const asked = (text: string) => matches(parseFilter('User', text), record);
      expect(asked(`not (not (${left}))`)).toBe(asked(left));
      expect(asked(`not (${left})`)).toBe(!asked(left));
      expect(asked(`(${left}) and (${right})`)).toBe(asked(left) && asked(right));
      expect(asked(`not ((${left}) or (${right}))`)).toBe(asked(`not (${left}) and not (${right})`));
    }),
    { numRuns: 5000 },
  );
});

test('ne is not eq, ge is not lt where there is a value, pr is not eq null', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('title', 'userName', 'emails.value', 'name.givenName'),
      quoted,
      records,
      (name, value, record) => {
        const asked = (text: string) => matches(parseFilter('User', text), record);
        expect(asked(`${name} ne ${value}`)).toBe(!asked(`${name} eq ${value}`));
        expect(asked(`${name} eq null`)).toBe(!asked(`${name} pr`));
        if (typeof record.title === 'string') expect(asked(`title ge ${value}`)).toBe(!asked(`title lt ${value}`));
        expect(asked(`${name} le ${value}`)).toBe(asked(`${name} lt ${value} or ${name} eq ${value}`));
      },
    ),
    { numRuns: 3000 },
  );
});

test('A29 20,000 broken filters are read or refused, and nothing else', () => {
  const pieces = fc.constantFrom(
    'title',
    'emails',
    'eq',
    'and',
    'or',
    'not',
    'pr',
    '(',
    ')',
    '[',
    ']',
    '"',
    '\\',
    '"a"',
    '.',
    ':',
    ' ',
    '\t',
    'null',
    'true',
    '-1.5e3',
    'urn:',
    '__proto__',
    'constructor',
    '\0',
    '\ud800',
    '😀',
    '$ref',
    'emails[type eq "work"].value',
    '2015-10-10T14:38:21Z',
    'meta.created',
  );
  const broken = fc.oneof(
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(' ')),
    fc.tuple(filters, fc.nat(), fc.nat(5), pieces).map(([text, at, gone, piece]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(place + gone);
    }),
    fc.string({ unit: 'binary', maxLength: 100 }),
  );
  fc.assert(
    fc.property(broken, (text) => {
      outcome(text);
    }),
    { numRuns: 20_000 },
  );
});
