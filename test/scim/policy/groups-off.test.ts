import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const withoutGroups = async () => scimClient(await hub.newDirectory(undefined, 'DYNAMIC_SIGNAL', { roleGate: [] }));

test('DS6 with groups OFF nothing in discovery speaks of groups', async () => {
  const client = await withoutGroups();
  for (const place of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
    const { status, body } = await client.get(place);
    expect([place, status]).toEqual([place, 200]);
    expect(JSON.stringify(body)).not.toMatch(/groups?\b/i);
  }
  expect((await client.get('/ResourceTypes/Group')).status).toBe(404);
  expect((await client.get(`/Schemas/${GROUP}`)).status).toBe(404);
});

test.each([
  ['GET', '/Groups'],
  ['GET', '/groups/'],
  ['GET', '/Groups?filter=displayName%20eq%20%22G%22'],
  ['POST', '/Groups'],
  ['POST', '/Groups/.search'],
  ['PUT', '/Groups'],
  ['GET', '/Groups/grp_00000000000000000000000000'],
  ['PUT', '/Groups/grp_00000000000000000000000000'],
  ['PATCH', '/Groups/grp_00000000000000000000000000'],
  ['DELETE', '/Groups/grp_00000000000000000000000000'],
])('DS6 with groups OFF %s %s is 404, and says why', async (method, path) => {
  const { status, body } = await (await withoutGroups()).send(method, path, method === 'GET' ? undefined : {});
  expect([status, body]).toEqual([
    404,
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '404',
      detail: 'There are no groups for this directory: groups is OFF in its policy.',
    },
  ]);
});

test('DS6 with groups OFF a bulk makes people and no groups', async () => {
  const client = await withoutGroups();
  const { body } = await client.post('/Bulk', {
    Operations: [
      { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'ada' } },
      { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'G' } },
    ],
  });
  expect(body.Operations).toMatchObject([{ status: '201' }, { status: '404' }]);
});

test('DS6 groups that were there before OFF are shown nowhere, and are there again afterwards', async () => {
  const { id: tenantId } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId);
  const client = scimClient(directory);
  const [ada] = await client.people('ada');
  await client.group('Crew', [ada!]);
  const before = (await client.get(`/Users/${ada}`)).body;
  expect(before.groups).toHaveLength(1);
  await hub.decide(tenantId, directory, { groups: 'OFF' });
  const single = (await client.get(`/Users/${ada}`)).body;
  const [listed] = (await client.get('/Users')).body.Resources as unknown as object[];
  const patched = (await client.patch(`/Users/${ada}`, { op: 'replace', path: 'userName', value: 'ada' })).body;
  for (const shown of [single, listed, patched]) expect(shown).not.toHaveProperty('groups');
  expect(listed).toEqual(single);
  expect((await client.get('/')).body.totalResults).toBe(1);
  expect((await client.find('/Users', 'groups pr')).body.scimType).toBe('invalidFilter');
  expect((await client.post('/Users', { userName: 'bob', groups: [{ value: 'x' }] })).body).not.toHaveProperty(
    'groups',
  );
  await hub.decide(tenantId, directory, { groups: 'TEAM_PER_GROUP' });
  expect((await client.get(`/Users/${ada}`)).body).toEqual(before);
});
