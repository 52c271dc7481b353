import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScimFault } from '../../src/scim/faults.ts';
import { sortOf } from '../../src/scim/listing/sort.ts';
import { pageQuestion } from '../../src/storage/records/page-statement.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';

const SEED = 25;

let hub: Hub;
let client: ReturnType<typeof scimClient>;
beforeAll(async () => {
  hub = await startHub();
  client = scimClient(await hub.newDirectory());
  await client.people('ada', 'bob');
});
afterAll(() => hub?.stop());

const names = ['userName', 'emails', 'name.givenName', 'meta.created', 'id', 'groups', 'title', 'urn:x:2.0:User'];
const pieces = [
  ...names,
  ' desc',
  ';',
  '--',
  "'",
  '"',
  ')',
  '$1',
  '->',
  "->>'a'",
  ',',
  '(select 1)',
  '[type eq "x"]',
  '\\',
];
const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((parts) => parts.join('')),
  fc.constantFrom('constructor', 'toString', 'valueOf.x', '__proto__.x', 'hasOwnProperty'),
);
const kinds = fc.constantFrom(['User'] as const, ['Group'] as const, ['User', 'Group'] as const);

/** What of the statement is not a placeholder; there are only so many of these. */
const shapeOf = (text: string): string => text.replaceAll(/\$\d+|\be\d+\b/g, '?');

test('A25 of 10,000 sortBy and sortOrder none gets into a statement', () => {
  const page = { where: {}, start: { offset: 0 }, limit: 10, counted: true, withGroups: true } as const;
  const shapes = new Set<string>();
  fc.assert(
    fc.property(kinds, junk, fc.option(junk), (of, sortBy, order) => {
      const sortOrder = order ?? 'descending';
      const where = Object.fromEntries(of.map((kind) => [kind, null]));
      try {
        shapes.add(shapeOf(pageQuestion(['t', 'd'], { ...page, where, sort: sortOf(of, { sortBy, sortOrder }) }).text));
      } catch (error) {
        expect(error).toBeInstanceOf(ScimFault);
        expect(error).toMatchObject({ status: 400, scimType: 'invalidValue' });
      }
    }),
    { numRuns: 10_000, seed: SEED },
  );
  // As many as there are kinds of value, whatever the strings.
  expect(shapes.size).toBeLessThan(40);
  for (const shape of shapes) expect(shape).not.toMatch(/select 1\)|--|;|\\/);
});

test('A25 none of them is more than refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('/Users', '/Groups', ''), junk, async (place, sortBy) => {
      const { status } = await client.get(`${place}?sortBy=${encodeURIComponent(sortBy.toWellFormed())}`);
      expect([place, sortBy, status]).toEqual([place, sortBy, expect.toBeOneOf([200, 400])]);
    }),
    { numRuns: 300, seed: SEED },
  );
});
