import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { parseProjection, project } from '../../../src/scim/resource/projection.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
let client: ReturnType<typeof scimClient>;
beforeAll(async () => {
  hub = await startHub();
  client = scimClient(await hub.newDirectory());
});
afterAll(() => hub?.stop());

const person = (userName: string) => ({
  userName,
  name: { givenName: 'A', familyName: 'B' },
  emails: [{ type: 'work', value: `${userName}@x.example` }],
  [ENTERPRISE]: { department: 'D', division: 'V' },
});

describe('attributes and excludedAttributes', () => {
  test('H5 work on POST, PUT, PATCH, GET, lists and .search alike', async () => {
    const query = '?attributes=name.givenName,emails.value';
    const shown = { name: { givenName: 'A' }, emails: [{ value: 'ada@x.example' }] };
    const posted = await client.post(`/Users${query}`, person('ada'));
    const id = posted.body.id;
    const answers = [
      posted,
      await client.send('PUT', `/Users/${id}${query}`, person('ada')),
      await client.patch(`/Users/${id}${query}`, { op: 'replace', path: 'title', value: 'T' }),
      await client.get(`/Users/${id}${query}`),
    ];
    const lists = [
      await client.get(`/Users${query}`),
      await client.post('/Users/.search', { attributes: ['name.givenName', 'emails.value'] }),
    ];
    for (const body of [
      ...answers.map((one) => one.body),
      ...lists.flatMap((one) => one.body.Resources as unknown as object[]),
    ]) {
      expect(body).toEqual({ schemas: posted.body.schemas, id, ...shown });
    }
  });

  test('H5 take an extension as a whole, one attribute of it, and the core as a whole', async () => {
    const { body } = await client.post('/Users', person('bob'));
    const read = async (query: string) => (await client.get(`/Users/${body.id}?${query}`)).body;
    expect((await read(`attributes=${ENTERPRISE}`))[ENTERPRISE]).toEqual({ department: 'D', division: 'V' });
    expect((await read(`attributes=${ENTERPRISE}:division`))[ENTERPRISE]).toEqual({ division: 'V' });
    expect((await read(`excludedAttributes=${ENTERPRISE}:division`))[ENTERPRISE]).toEqual({ department: 'D' });
    expect(await read('attributes=urn:ietf:params:scim:schemas:core:2.0:User')).not.toHaveProperty([ENTERPRISE]);
    const rest = await read('excludedAttributes=urn:ietf:params:scim:schemas:core:2.0:User');
    expect(Object.keys(rest)).toEqual(['schemas', 'id', ENTERPRISE]);
  });

  test('H5 together are 400 on every way in, and change nothing', async () => {
    const query = '?attributes=id&excludedAttributes=name';
    const refused = [
      await client.post(`/Users${query}`, person('eve')),
      await client.get(`/Users${query}`),
      await client.get(`/Groups${query}`),
      await client.get(query),
      await client.post('/.search', { attributes: 'id', excludedAttributes: 'name' }),
    ];
    for (const { status, body } of refused) expect([status, body.scimType]).toEqual([400, 'invalidValue']);
    expect((await client.get('/Users?filter=userName%20eq%20"eve"')).body.totalResults).toBe(0);
  });
});

test('however many names there are, each value is looked at once', () => {
  let reads = 0;
  const value = {
    type: 'x',
    get value() {
      reads++;
      return 'v';
    },
  };
  const rendered: JsonObject = { schemas: [], id: 'x', emails: Array.from({ length: 200 }, () => value) };
  const names = Array.from({ length: 200 }, (_, index) => `emails.part${index}`);
  expect(project(rendered, parseProjection('User', null, names)!).emails).toHaveLength(200);
  expect(reads).toBeLessThanOrEqual(200);
});
