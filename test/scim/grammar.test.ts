import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';
import { broken, filters, paths } from '../support/scim-grammar.ts';

let hub: Hub;
let client: ReturnType<typeof scimClient>;
let places: string[];
beforeAll(async () => {
  hub = await startHub();
  client = scimClient(await hub.newDirectory());
  const [person = ''] = await client.people('ada');
  places = [`/Users/${person}`, `/Groups/${await client.group('G', [person])}`];
});
afterAll(() => hub?.stop());

const refusal = (status: number) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  scimType: expect.any(String),
  detail: expect.any(String),
});

test('H5 1,500 filters are answered by a list or refused in the words of SCIM', async () => {
  const asked = fc.oneof({ weight: 3, arbitrary: filters }, broken(filters));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('/Users', '/Groups'), asked, async (place, text) => {
      const { status, body } = await client.get(`${place}?filter=${encodeURIComponent(text.toWellFormed())}`);
      expect([200, 400]).toContain(status);
      if (status === 200) expect(body.totalResults).toBe((body.Resources as unknown as unknown[]).length);
      else expect(body).toEqual({ ...refusal(400), scimType: 'invalidFilter' });
    }),
    { numRuns: 1_500 },
  );
}, 60_000);

const values = fc.oneof(
  fc.constantFrom<unknown>(
    'a',
    'x@y',
    '',
    null,
    true,
    'True',
    5,
    [],
    {},
    { value: 'v' },
    [{ value: 'v', type: 'work' }],
    ['a'],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const operation = fc.record(
  {
    op: fc.constantFrom('add', 'Replace', 'REMOVE'),
    path: fc.oneof({ weight: 4, arbitrary: paths }, broken(paths)),
    value: values,
  },
  { requiredKeys: ['op'] },
);

test('H5 1,000 paths are written or refused in the words of SCIM, and what is refused changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 1), fc.array(operation, { minLength: 1, maxLength: 2 }), async (at, given) => {
      const place = places[at]!;
      const before = (await client.get(place)).body;
      const { status, body } = await client.send('PATCH', place, JSON.stringify({ Operations: given }).toWellFormed());
      expect([200, 204, 400]).toContain(status);
      if (status === 400) {
        expect(body).toEqual(refusal(400));
        expect(['invalidPath', 'invalidValue', 'invalidSyntax', 'noTarget', 'mutability']).toContain(body.scimType);
        expect((await client.get(place)).body).toEqual(before);
      }
    }),
    { numRuns: 1_000 },
  );
  expect(hub.log).toEqual([]);
}, 60_000);
