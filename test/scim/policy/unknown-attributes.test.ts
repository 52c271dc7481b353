import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const closed = async () => scimClient(await hub.newDirectory(undefined, 'DYNASEND', { unknownAttributes: 'REFUSE' }));

test.each([
  ['pronouns', { pronouns: 'they/them' }],
  ['urn:own:pronouns', { 'urn:own:pronouns': 'they/them' }],
  ['urn:own:2.0:User', { 'urn:own:2.0:User': { pronouns: 'they/them' } }],
])('DY10 where unknown attributes are refused, %s is refused by that name', async (name, sent) => {
  const client = await closed();
  const detail = `${name} is no attribute that this directory may send.`;
  expect((await client.post('/Users', { userName: 'bob', ...sent })).body).toMatchObject({
    scimType: 'invalidValue',
    detail,
  });
  const [ada] = await client.people('ada');
  const before = (await client.get(`/Users/${ada}`)).body;
  expect((await client.put(`/Users/${ada}`, { userName: 'ada', ...sent })).body.detail).toBe(detail);
  const [[path, value]] = Object.entries(sent) as [[string, unknown]];
  for (const operation of [
    { op: 'add', path, value },
    { op: 'replace', value: sent },
    { op: 'remove', path },
  ])
    expect((await client.patch(`/Users/${ada}`, operation)).body).toMatchObject({ scimType: 'invalidPath', detail });
  expect((await client.get(`/Users/${ada}`)).body).toEqual(before);
  expect((await client.post('/Groups', { displayName: 'G', ...sent })).body.detail).toBe(detail);
});

test('DY10 where unknown attributes are refused, all that the schemas list is taken', async () => {
  const client = await closed();
  const { status, body } = await client.post('/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: 'x',
    meta: { resourceType: 'User' },
    userName: 'ada',
    externalId: 'oid',
    password: 'dropped',
    department: 'Mill',
    roles: [{ value: 'admin' }],
    unheardOf: null,
  });
  expect(status).toBe(201);
  const answer = await client.patch(`/Users/${body.id}`, { op: 'add', path: 'name.givenName', value: 'Ada' });
  expect(answer.body.name).toEqual({ givenName: 'Ada' });
});

test('DY10 unless an admin says so, an unknown attribute is kept and read back', async () => {
  const client = scimClient(await hub.newDirectory(undefined, 'DYNASEND'));
  const { status, body } = await client.post('/Users', { userName: 'ada', pronouns: 'she/her' });
  expect([status, body.pronouns]).toEqual([201, 'she/her']);
});
