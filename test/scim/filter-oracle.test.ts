import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { ENTERPRISE } from '../../src/fields/user.fields.ts';
import { matches } from '../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../src/scim/filter/parse.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';

let hub: Hub;
let client: ReturnType<typeof scimClient>;
let records: JsonObject[];

const words = ['Ada', 'ada', 'ADA', 'Grace Hopper', 'ä', 'Ä', 'straße', 'a"b\\c', 'İ', '10%', '_', '', '😀', 'x'];
const word = fc.constantFrom(...words);
const address = fc.record(
  { type: fc.constantFrom('work', 'home', 'other', 'Work'), value: word, primary: fc.boolean() },
  { requiredKeys: ['value'] },
);
const person = fc.record(
  {
    displayName: word,
    title: word,
    nickName: word,
    active: fc.boolean(),
    name: fc.record({ givenName: word, familyName: word }, { requiredKeys: [] }),
    emails: fc.uniqueArray(address, { maxLength: 3, selector: ({ type, value }) => `${type} ${value}`.toLowerCase() }),
    phoneNumbers: fc.uniqueArray(address, {
      maxLength: 2,
      selector: ({ type, value }) => `${type} ${value}`.toLowerCase(),
    }),
    [ENTERPRISE]: fc.record({ department: word, employeeNumber: word }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

beforeAll(async () => {
  hub = await startHub();
  client = scimClient(await hub.newDirectory());
  const people = fc.sample(person, { numRuns: 120, seed: 11 });
  for (const [index, given] of people.entries()) {
    const { status } = await client.post('/Users', {
      ...given,
      userName: `${words[index % 7]}${index}`,
      externalId: `E${index}`,
    });
    expect(status).toBe(201);
  }
  records = (await client.get('/Users?count=200')).body.Resources as unknown as JsonObject[];
  expect(records).toHaveLength(120);
});
afterAll(() => hub?.stop());

const text = fc.oneof(word, fc.constantFrom('ada1', 'ADA1', 'E3', 'e3', 'grace', 'a'));
const texts = [
  'userName',
  'displayName',
  'title',
  'nickName',
  'externalId',
  'name.givenName',
  'NAME.familyname',
  'emails.value',
  'emails.type',
  'emails',
  'phoneNumbers.value',
  `${ENTERPRISE}:department`,
  'employeeNumber',
  'urn:ietf:params:scim:schemas:core:2.0:User:title',
];
const op = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'Eq', 'CO');
const quoted = text.map((value) => JSON.stringify(value));
const comparison = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...texts), op, quoted).map((parts) => parts.join(' ')) },
  fc.constantFrom(...texts, 'active', 'meta.created', 'id', 'emails.primary').map((name) => `${name} pr`),
  fc
    .tuple(
      fc.constantFrom('active', 'emails.primary'),
      fc.constantFrom('eq', 'ne'),
      fc.constantFrom('true', 'false', '"True"'),
    )
    .map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('gt', 'le'), fc.constantFrom('2020-01-01T00:00:00Z', '2999-01-01T00:00:00+02:00'))
    .map(([by, time]) => `meta.lastModified ${by} "${time}"`),
  fc.constantFrom('title eq null', 'emails ne null'),
);
const inElement = fc.tuple(fc.constantFrom('type', 'value'), op, quoted).map((parts) => parts.join(' '));
const element = fc
  .tuple(
    fc.constantFrom('emails', 'phoneNumbers'),
    inElement,
    fc.constantFrom('and', 'or'),
    fc.oneof(inElement, fc.constant('primary eq true')),
  )
  .map(([list, one, by, other]) => `${list}[${one} ${by} ${other}]`);
const workMail = quoted.map((value) => `emails[type eq "work"].value eq ${value}`);
const { filter } = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    element,
    workMail,
    fc.tuple(tie('filter'), fc.constantFrom('and', 'or', 'AND'), tie('filter')).map((parts) => parts.join(' ')),
    tie('filter').map((inner) => `not (${inner})`),
    tie('filter').map((inner) => `(${inner})`),
  ),
}));

describe('a filter', () => {
  test('I12 finds in the database exactly what it finds in memory', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (asked) => {
        const condition = parseFilter('User', asked);
        const expected = records.filter((record) => matches(condition, record, 'User')).map(({ id }) => id);
        const { status, body } = await client.get(`/Users?count=200&filter=${encodeURIComponent(asked)}`);
        expect(status).toBe(200);
        expect((body.Resources as unknown as JsonObject[]).map(({ id }) => id)).toEqual(expected);
        expect(body.totalResults).toBe(expected.length);
      }),
      { numRuns: 1500 },
    );
  });

  test('I13 pages of any size cover each record once', async () => {
    const ids = records.map(({ id }) => id);
    for (const count of [1, 7, 50, 119, 120, 200]) {
      const seen: unknown[] = [];
      for (let startIndex = 1; startIndex <= 120; startIndex += count) {
        const { body } = await client.get(`/Users?startIndex=${startIndex}&count=${count}`);
        expect(body.totalResults).toBe(120);
        seen.push(...(body.Resources as unknown as JsonObject[]).map(({ id }) => id));
      }
      expect(seen).toEqual(ids);
    }
  });
});
