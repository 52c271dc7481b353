import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const host = {
  userName: 'ada@x.example',
  emails: [{ type: 'work', value: 'ada@x.example' }],
  name: { givenName: 'Ada', familyName: 'Lovelace' },
};
const WORK = 'emails[type eq "work"].value';
const without = (path: string): object => {
  if (path === 'userName') return { ...host, userName: undefined };
  if (path === WORK) return { ...host, emails: [{ type: 'home', value: 'ada@home.example' }] };
  return { ...host, name: { ...host.name, [path.split('.')[1]!]: ' ' } };
};
const hosts = async () => scimClient(await hub.newDirectory(undefined, 'SIGN_IN_ENTERPRISE'));
const required = ['userName', WORK, 'name.givenName', 'name.familyName'];

test.each(required)('SE8 a host without %s is refused by that name, in POST, PUT and PATCH', async (path) => {
  const client = await hosts();
  const refused = { scimType: 'invalidValue', detail: expect.stringContaining(`${path} is required`) };
  expect((await client.post('/Users', without(path))).body).toMatchObject(refused);
  const made = await client.post('/Users', host);
  expect(made.status).toBe(201);
  const place = `/Users/${made.body.id}`;
  for (const answer of [
    await client.put(place, without(path)),
    await client.patch(place, { op: 'Remove', path }),
    await client.patch(place, { op: 'Replace', path, value: '' }),
  ]) {
    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining(refused)]);
  }
  expect((await client.get(place)).body).toEqual(made.body);
});

test('SE8 a PATCH that takes a required field away and gives it again is whole', async () => {
  const client = await hosts();
  const { body } = await client.post('/Users', host);
  const value = [{ type: 'work', value: 'countess@x.example' }];
  const operations = [
    { op: 'Remove', path: 'emails' },
    { op: 'Add', path: 'emails', value },
  ];
  const answer = await client.patch(`/Users/${body.id}`, ...operations);
  expect([answer.status, answer.body.emails]).toEqual([200, value]);
});

test('SE8 who came before a field was required can be changed in all but what would take another away', async () => {
  const { id: tenantId } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId);
  const client = scimClient(directory);
  const { body } = await client.post('/Users', { userName: 'ada', [ENTERPRISE]: { department: 'Mill' } });
  const place = `/Users/${body.id}`;
  await hub.decide(tenantId, directory, { requiredFields: ['userName', 'email', 'department'] });
  expect((await client.patch(place, { op: 'add', path: 'title', value: 'Countess' })).status).toBe(200);
  expect((await client.patch(place, { op: 'remove', path: 'department' })).body).toMatchObject({
    scimType: 'invalidValue',
    detail: `${ENTERPRISE}:department is required.`,
  });
  expect((await client.put(place, { userName: 'ada', [ENTERPRISE]: { department: 'Mill' } })).body.detail).toBe(
    `${WORK} is required.`,
  );
});

test('SE8 a field that no directory writes can be required of none', async () => {
  const { id: tenantId } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId);
  await expect(hub.decide(tenantId, directory, { requiredFields: ['pronouns'] })).rejects.toThrow('pronouns');
});

test('SE8 active can be required, and is then no longer taken for granted', async () => {
  const client = scimClient(await hub.newDirectory(undefined, 'CUSTOM', { requiredFields: ['userName', 'active'] }));
  expect((await client.post('/Users', { userName: 'ada' })).body.detail).toBe('active is required.');
  expect((await client.post('/Users', { userName: 'ada', active: 'True' })).status).toBe(201);
});

const alerted = async () =>
  scimClient(
    await hub.newDirectory(undefined, 'SIGNL4', { membershipGate: false, onLastGroupLost: 'KEEP', invite: false }),
  );

test('S8 without a userName a person goes by their e-mail, which is how they are found', async () => {
  const client = await alerted();
  const { status, body } = await client.post('/Users', { emails: host.emails, externalId: 'oid-1' });
  expect([status, body.userName]).toEqual([201, 'ada@x.example']);
  const found = await client.find('/Users', 'userName eq "ADA@x.example"');
  expect(found.body.Resources).toMatchObject([{ id: body.id, userName: 'ada@x.example' }]);
  const named = await client.patch(`/Users/${body.id}`, { op: 'add', path: 'userName', value: 'ada' });
  expect(named.body.userName).toBe('ada');
  const unnamed = await client.patch(`/Users/${body.id}`, { op: 'remove', path: 'userName' });
  expect(unnamed.body.userName).toBe('ada@x.example');
});

test('S8 without an e-mail either, a person goes by their externalId, and without any they are refused', async () => {
  const client = scimClient(await hub.newDirectory(undefined, 'CUSTOM', { requiredFields: [] }));
  expect((await client.post('/Users', { externalId: 'oid-2' })).body.userName).toBe('oid-2');
  const { status, body } = await client.post('/Users', { displayName: 'Nobody' });
  expect([status, body.scimType, String(body.detail).split(' ', 1)[0]]).toEqual([400, 'invalidValue', 'userName']);
});

test('S8 an e-mail is still required there, and two people cannot go by one name', async () => {
  const client = await alerted();
  expect((await client.post('/Users', { userName: 'ada' })).body.detail).toBe(`${WORK} is required.`);
  expect((await client.post('/Users', { emails: host.emails })).status).toBe(201);
  expect((await client.post('/Users', { emails: host.emails, externalId: 'another' })).body.scimType).toBe(
    'uniqueness',
  );
});
