import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { matches } from '../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { fill, words } from './company.ts';

const SEED = 7;

let hub: Hub;
let client: ReturnType<typeof scimClient>;
let users: JsonObject[];
let groups: JsonObject[];
beforeAll(async () => {
  hub = await startHub();
  const directory = await hub.newDirectory();
  client = scimClient(directory);
  ({ users, groups } = await fill(client, 30, 12, SEED));
  await client.post('/Users', { userName: 'extended', 'urn:x:2.0:User': { a: 'b' } });
  users = (await client.get('/Users')).body.Resources as unknown as JsonObject[];
});
afterAll(() => hub?.stop());

const op = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
/** Any part of a text of the records, or of an address. */
const text = fc
  .record({
    at: fc.nat(9),
    of: fc.constantFrom('id', 'group', 'location', 'groupLocation', 'version', 'word', 'urn'),
    cut: fc.tuple(fc.nat(90), fc.nat(90)),
    whole: fc.boolean(),
  })
  .map(({ at, of, cut: [from, to], whole }) => ({ at, of, from, to, whole }));
type Text = typeof text extends fc.Arbitrary<infer T> ? T : never;

function textOf({ at, of, from, to, whole }: Text): string {
  const user = users[at]!;
  const group = groups[at]!;
  const meta = { user: user.meta as JsonObject, group: group.meta as JsonObject };
  const texts: Record<string, unknown> = {
    id: user.id,
    group: group.id,
    location: meta.user.location,
    groupLocation: meta.group.location,
    version: at % 2 ? meta.user.version : meta.group.version,
    word: at % 3 ? words[at] : group.displayName,
    urn: ['urn:x:2.0:User', 'urn:ietf:params:scim:schemas:core:2.0:User', 'User', 'direct'][at % 4],
  };
  const full = String(texts[of]);
  // Whole, its beginning, its end, or what is between; places are taken from both sides of the last slash.
  return whole ? full : full.slice(Math.min(from, full.length), Math.max(from, to));
}

const paths = {
  User: [
    'id',
    'meta.location',
    'meta.version',
    'meta.resourceType',
    'schemas',
    'groups',
    'groups.value',
    'groups.display',
    'groups.$ref',
    'groups.type',
    'meta',
  ],
  Group: ['id', 'meta.location', 'meta.version', 'schemas', 'members', 'members.value', 'members.$ref', 'members.type'],
};

async function agree(kind: 'User' | 'Group', asked: string): Promise<void> {
  const records = kind === 'User' ? users : groups;
  const expected = records.filter((record) => matches(parseFilter(kind, asked), record, kind)).map(({ id }) => id);
  const { status, body } = await client.get(`/${kind}s?count=200&filter=${encodeURIComponent(asked)}`);
  expect([asked, status, body.detail]).toEqual([asked, 200, undefined]);
  const found = (body.Resources as unknown as JsonObject[]).map(({ id }) => id);
  expect([asked, found.toSorted()]).toEqual([asked, expected.toSorted()]);
}

describe.each(['User', 'Group'] as const)('what the hub adds to a %s', (kind) => {
  const comparison = fc
    .record({ path: fc.constantFrom(...paths[kind].filter((path) => path !== 'meta')), op, text })
    .map((given) => () => `${given.path} ${given.op} ${JSON.stringify(textOf(given.text))}`);
  const inBrackets = fc
    .record({
      part: fc.constantFrom('value', '$ref', 'type', ...(kind === 'User' ? ['display'] : [])),
      op,
      text,
      not: fc.boolean(),
    })
    .map((given) => () => {
      const test = `${given.part} ${given.op} ${JSON.stringify(textOf(given.text))}`;
      return `${kind === 'User' ? 'groups' : 'members'}[${given.not ? `not (${test})` : test} and value pr]`;
    });
  const present = fc.constantFrom(...paths[kind]).map((path) => () => `${path} pr`);
  const filter = fc.oneof({ weight: 5, arbitrary: comparison }, { weight: 3, arbitrary: inBrackets }, present);

  test('I12 is found in the database exactly as in memory', async () => {
    await fc.assert(
      fc.asyncProperty(filter, (asked) => agree(kind, asked())),
      { numRuns: 1500, seed: SEED },
    );
  });
});

test('B5 what is nowhere kept is refused in words', async () => {
  for (const asked of ['members.display eq "x"', 'members[display eq "x"]']) {
    const { status, body } = await client.get(`/Groups?filter=${encodeURIComponent(asked)}`);
    expect([status, body.scimType]).toEqual([400, 'invalidFilter']);
    expect(body.detail).toContain('display');
  }
});
