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
const kind = fc.constantFrom('work', 'home', 'other', 'Work');
const address = fc.record({ type: kind, value: word, primary: fc.boolean() }, { requiredKeys: ['value'] });
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
    addresses: fc.uniqueArray(
      fc.record({ type: kind, country: word, locality: word, primary: fc.boolean() }, { requiredKeys: ['country'] }),
      { maxLength: 2, selector: ({ type }) => `${type}`.toLowerCase() },
    ),
    roles: fc.uniqueArray(
      fc.record({ value: word, display: word, primary: fc.boolean() }, { requiredKeys: ['value'] }),
      {
        maxLength: 2,
        selector: ({ value }) => value.toLowerCase(),
      },
    ),
    photos: fc.uniqueArray(fc.record({ value: word, type: fc.constantFrom('photo', 'thumbnail') }), {
      maxLength: 1,
      selector: ({ value }) => value,
    }),
    x509Certificates: fc.constantFrom([{ value: 'QQ==' }], [{ value: 'qq==' }]),
    userType: word,
    [ENTERPRISE]: fc.record(
      { department: word, employeeNumber: word, manager: fc.constantFrom('boss', 'BOSS', { value: 'chief' }) },
      { requiredKeys: [] },
    ),
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
  for (let index = 0; index < 40; index++) {
    const { status } = await client.post('/Groups', {
      displayName: `${words[index % 7]} ${index}`,
      ...(index % 3 > 0 && { externalId: `G${index}` }),
      ...(index % 4 > 0 && { description: words[index % words.length] }),
      members: records
        .slice(0, 4)
        .filter((_, at) => (index >> at) % 2 === 1)
        .map(({ id }) => ({ value: id })),
    });
    expect(status).toBe(201);
  }
});
afterAll(() => hub?.stop());

const text = fc.oneof(
  word,
  fc.constantFrom('ada1', 'ADA1', 'E3', 'e3', 'grace', 'a', 'boss', 'work', 'photo', 'i\u0307', '\\', '%'),
);
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
  'addresses.country',
  'addresses.locality',
  'roles.value',
  'ROLES.Display',
  'roles',
  'photos.value',
  'photos.type',
  'userType',
  `${ENTERPRISE}:department`,
  'employeeNumber',
  'manager',
  `${ENTERPRISE}:manager.value`,
  'urn:ietf:params:scim:schemas:core:2.0:User:title',
];
const op = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'Eq', 'CO');
const quoted = text.map((value) => JSON.stringify(value));
const comparison = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...texts), op, quoted).map((parts) => parts.join(' ')) },
  fc
    .constantFrom(...texts, 'active', 'meta.created', 'id', 'emails.primary', 'name', 'addresses', 'x509Certificates')
    .map((name) => `${name} pr`),
  fc
    .tuple(
      fc.constantFrom('active', 'emails.primary', 'roles.primary', 'addresses.Primary'),
      fc.constantFrom('eq', 'ne'),
      fc.constantFrom('true', 'false', '"True"', 'FALSE', '"false"'),
    )
    .map((parts) => parts.join(' ')),
  fc
    .tuple(
      fc.constantFrom('meta.created', 'META.lastModified'),
      fc.constantFrom('gt', 'le', 'ge', 'lt', 'eq', 'ne'),
      fc.constantFrom(
        '"2020-01-01T00:00:00Z"',
        '"2999-01-01T00:00:00+02:00"',
        '2015-10-10T14:38:21.8617979-07:00',
        '"2015-10-10"',
      ),
    )
    .map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('x509Certificates', 'x509Certificates.value'), fc.constantFrom('eq', 'ne'))
    .map((parts) => `${parts.join(' ')} "QQ=="`),
  fc
    .tuple(fc.constantFrom(...texts, 'x509Certificates', 'active', 'meta.created'), fc.constantFrom('eq', 'ne'))
    .map((parts) => `${parts.join(' ')} null`),
  fc.tuple(fc.constantFrom('userName', 'title', 'externalId'), op).map((parts) => `${parts.join(' ')} ada1`),
);
const partsOf = {
  emails: ['type', 'value', 'VALUE'],
  phoneNumbers: ['value', 'type'],
  addresses: ['type', 'country', 'locality', 'region'],
  roles: ['value', 'display', 'Type'],
  photos: ['value', 'type'],
};
/** Filters on one and the same element: comparisons, presence, `not`, groups and both operators, nested. */
const inside = (parts: string[]) =>
  fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.tuple(fc.constantFrom(...parts), op, quoted).map((all) => all.join(' ')),
      fc
        .constantFrom('primary eq true', 'primary ne "True"', 'primary pr', 'type pr', 'value eq null')
        .map((asked) => (parts.includes('country') || parts.includes('Type') ? asked.replace('value', 'type') : asked)),
      fc.tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter')).map((all) => all.join(' ')),
      tie('filter').map((one) => `not (${one})`),
      tie('filter').map((one) => `(${one})`),
    ),
  })).filter;
const element = fc.oneof(
  ...Object.entries(partsOf).map(([list, parts]) =>
    fc
      .tuple(
        inside(list === 'photos' ? parts : [...parts, 'type']),
        fc.oneof(
          { weight: 3, arbitrary: fc.constant('') },
          fc.tuple(fc.constantFrom(...parts), op, quoted).map((all) => `.${all.join(' ')}`),
          fc.constant('.type pr'),
        ),
      )
      .map(([where, tail]) => `${list}[${where}]${tail}`)
      .map((asked) => (list === 'photos' ? asked.replaceAll(/primary (eq true|ne "True"|pr)/g, 'type pr') : asked)),
  ),
);
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

const groupFilter = (people: string[]) => {
  const who = fc.constantFrom(...people, 'usr_01m7x6g4p2exysrpzz33h5c3gw', 'nobody').map((id) => JSON.stringify(id));
  const asked = fc.oneof(
    fc
      .tuple(fc.constantFrom('displayName', 'DISPLAYNAME', 'description', 'externalId'), op, quoted)
      .map((all) => all.join(' ')),
    fc.constantFrom('members', 'members.value', 'description', 'externalId').map((name) => `${name} pr`),
    fc
      .tuple(fc.constantFrom('members', 'members.value', 'Members.Value'), fc.constantFrom('eq', 'ne'), who)
      .map((all) => all.join(' ')),
    fc.tuple(fc.constantFrom('eq', 'ne'), who).map((all) => `members[value ${all.join(' ')}]`),
    fc.tuple(who, who).map(([one, two]) => `members[value eq ${one} or value eq ${two}]`),
    fc.constantFrom('members eq null', 'externalId eq null', 'meta.created ge 2020-01-01'),
  );
  return fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      asked,
      fc.tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter')).map((all) => all.join(' ')),
      tie('filter').map((inner) => `not (${inner})`),
      tie('filter').map((inner) => `(${inner})`),
    ),
  })).filter;
};

describe('a filter', () => {
  test('I12 finds in the database exactly what it finds in memory', async () => {
    let telling = 0;
    await fc.assert(
      fc.asyncProperty(filter, async (asked) => {
        const condition = parseFilter('User', asked);
        const expected = records.filter((record) => matches(condition, record, 'User')).map(({ id }) => id);
        const { status, body } = await client.get(`/Users?count=200&filter=${encodeURIComponent(asked)}`);
        expect(status).toBe(200);
        expect((body.Resources as unknown as JsonObject[]).map(({ id }) => id)).toEqual(expected);
        expect(body.totalResults).toBe(expected.length);
        if (expected.length > 0 && expected.length < records.length) telling++;
      }),
      { numRuns: 1500 },
    );
    // A filter that finds all or none says little.
    expect(telling).toBeGreaterThan(400);
  }, 120_000);

  test('I12 finds among groups exactly what it finds in memory', async () => {
    const all = (await client.get('/Groups?count=200')).body.Resources as unknown as JsonObject[];
    expect(all).toHaveLength(40);
    let telling = 0;
    await fc.assert(
      fc.asyncProperty(groupFilter(records.slice(0, 4).map(({ id }) => String(id))), async (asked) => {
        const condition = parseFilter('Group', asked);
        const expected = all.filter((record) => matches(condition, record, 'Group')).map(({ id }) => id);
        const { status, body } = await client.get(
          `/Groups?count=200&excludedAttributes=members&filter=${encodeURIComponent(asked)}`,
        );
        expect(status).toBe(200);
        expect((body.Resources as unknown as JsonObject[]).map(({ id }) => id)).toEqual(expected);
        if (expected.length > 0 && expected.length < all.length) telling++;
      }),
      { numRuns: 500 },
    );
    expect(telling).toBeGreaterThan(100);
  }, 120_000);

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
