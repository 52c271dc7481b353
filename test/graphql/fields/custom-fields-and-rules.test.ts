import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Hub, startHub, type Tenant, type TestDirectory } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { type Ask, askAs } from '../ask.ts';

const HR = 'urn:contoso:params:scim:schemas:extension:hr:2.0:User';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
let directory: TestDirectory;
let entra: ReturnType<typeof scimClient>;
/** Ada, of whom Entra and she herself say otherwise. */
let ada: string;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());
beforeEach(async () => {
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  directory = await hub.newDirectory(tenant.id);
  entra = scimClient(directory);
  await create({ key: 'badge', sourceOfTruth: 'USER', scimPath: `${HR}:badge` });
  await create({ key: 'floor', type: 'INTEGER', sourceOfTruth: 'USER', scimPath: `${HR}:floor` });
  const record = { userName: 'ada', externalId: 'a-1', title: 'Engineer', [HR]: { badge: 'B-1', floor: 3 } };
  ada = String((await entra.post('/Users', record)).body.id);
  await write(ada, [
    { key: 'badge', value: 'mine' },
    { key: 'floor', value: 9 },
  ]);
});

const create = async (input: object): Promise<string> => {
  const query =
    'mutation ($input: CreateFieldInput!) { createField(input: $input) { fieldDefinition { id } problems { message } } }';
  const { data } = await ask(query, { input: { label: 'A field', type: 'STRING', ...input } });
  expect(data.createField.problems).toEqual([]);
  return data.createField.fieldDefinition.id;
};

const write = async (id: string, custom: object[]) => {
  const query =
    'mutation ($id: ID!, $custom: [FieldWrite!]) { updateUser(id: $id, input: { custom: $custom }) { problems { message } } }';
  expect((await ask(query, { id, custom })).data.updateUser.problems).toEqual([]);
};

const valuesOf = async (id: string) => {
  const query = 'query ($id: ID!) { user(id: $id) { fields(keys: ["badge", "floor"]) { value } } }';
  return (await ask(query, { id })).data.user.fields.map(({ value }: { value: unknown }) => value);
};

/** Whom a search by the value finds. */
const found = async (key: string, value: unknown): Promise<string[]> => {
  const query = 'query ($where: UserWhere) { users(where: $where) { nodes { id } } }';
  const { data } = await ask(query, { where: { field: { key, value: { eq: String(value) } } } });
  return data.users.nodes.map(({ id }: { id: string }) => id);
};

const setRules = async (rules: object[]) => {
  const query = 'mutation ($rules: [FieldRuleInput!]) { setFieldRules(rules: $rules) { usersChanged } }';
  return (await ask(query, { rules })).data.setFieldRules.usersChanged;
};

const lastEvent = async (id: string): Promise<string> => {
  const query = 'query ($id: ID!) { user(id: $id) { history(first: 1) { nodes { id } } } }';
  return (await ask(query, { id })).data.user.history.nodes[0].id;
};

const undo = async (id: string) => {
  const query = `mutation ($id: ID!) { undoEvent(id: $id) {
    users { changes { key from to } } problems { code path } } }`;
  return (await ask(query, { id })).data.undoEvent;
};

test('DY9 a rule of an own field is previewed, and applied as it was shown', async () => {
  const { data } = await ask(`{ previewFieldRules(rules: [
    { key: "badge", sourceOfTruth: DIRECTORY }, { key: "floor", sourceOfTruth: DIRECTORY }]) {
    token usersChanged valuesChanged sample { user { id } key from to } } }`);
  const { token, ...shown } = data.previewFieldRules;
  expect(shown).toEqual({
    usersChanged: 1,
    valuesChanged: 2,
    sample: [
      { user: { id: ada }, key: 'badge', from: 'mine', to: 'B-1' },
      { user: { id: ada }, key: 'floor', from: 9, to: 3 },
    ],
  });
  expect(await valuesOf(ada)).toEqual(['mine', 9]);
  const query = 'mutation ($token: ID!) { applyFieldRules(token: $token) { usersChanged problems { message } } }';
  expect((await ask(query, { token })).data.applyFieldRules).toEqual({ usersChanged: 1, problems: [] });
  expect(await valuesOf(ada)).toEqual(['B-1', 3]);
  expect([await found('badge', 'B-1'), await found('badge', 'mine'), await found('floor', 3)]).toEqual([
    [ada],
    [],
    [ada],
  ]);
});

test('DY9 a preset decides over own fields as over the others, and a value that no source has goes', async () => {
  await entra.patch(`/Users/${ada}`, { op: 'remove', path: `${HR}:floor` });
  expect(await valuesOf(ada)).toEqual(['mine', 9]);
  const { data } = await ask('mutation { setFieldRules(preset: DIRECTORY_OWNS_ALL) { usersChanged } }');
  expect(data.setFieldRules.usersChanged).toBe(1);
  expect(await valuesOf(ada)).toEqual(['B-1', null]);
  expect([await found('badge', 'B-1'), await found('floor', 9)]).toEqual([[ada], []]);
});

test('rules of own fields and of standard ones are recomputed in one go, each person as they are', async () => {
  const bob = String((await entra.post('/Users', { userName: 'bob', title: 'Nurse', [HR]: { badge: 'B-2' } })).body.id);
  await setRules([{ key: 'title', sourceOfTruth: 'USER' }]);
  const query = 'mutation ($id: ID!) { updateUser(id: $id, input: { title: "Poet" }) { problems { message } } }';
  expect((await ask(query, { id: bob })).data.updateUser.problems).toEqual([]);
  const rules = ['title', 'badge'].map((key) => ({ key, sourceOfTruth: 'DIRECTORY' }));
  expect(await setRules(rules)).toBe(2);
  expect([await valuesOf(ada), await valuesOf(bob)]).toEqual([
    ['B-1', 9],
    ['B-2', null],
  ]);
  expect((await ask(`{ user(id: "${bob}") { title } }`)).data.user.title).toBe('Nurse');
  expect([await found('badge', 'B-2'), await found('floor', 9)]).toEqual([[bob], [ada]]);
});

test('a preview does not show a sensitive own field to whom it is hidden', async () => {
  await create({ key: 'secret', sourceOfTruth: 'USER', sensitive: true, scimPath: `${HR}:secret` });
  await entra.patch(`/Users/${ada}`, { op: 'add', path: `${HR}:secret`, value: 'theirs' });
  await write(ada, [{ key: 'secret', value: 'hers' }]);
  const other = askAs(hub, await hub.newKey(tenant.id, ['users:read', 'rules:write', 'events:read']));
  const { data } = await other(`{ previewFieldRules(rules: [{ key: "secret", sourceOfTruth: DIRECTORY }]) {
    valuesChanged sample { key } } }`);
  expect(data.previewFieldRules).toEqual({ valuesChanged: 1, sample: [] });
  const past = await other(`{ user(id: "${ada}") { asOf(at: "${new Date().toISOString()}") { fields { key } } } }`);
  expect(past.data.user.asOf.fields.map(({ key }: { key: string }) => key)).toEqual(['title', 'badge', 'floor']);
});

test('the values of a directory that goes are free, and the next one takes the person back with its own', async () => {
  await setRules([{ key: 'badge', sourceOfTruth: 'DIRECTORY' }]);
  const query = `mutation { disconnectDirectory(id: "${directory.id}", plan: KEEP_MANUAL) { problems { message } } }`;
  expect((await ask(query)).data.disconnectDirectory.problems).toEqual([]);
  // Whoever wrote last speaks.
  expect(await valuesOf(ada)).toEqual(['mine', 9]);
  expect([await found('badge', 'mine'), await found('badge', 'B-1')]).toEqual([[ada], []]);
  const next = scimClient(await hub.newDirectory(tenant.id));
  const { body } = await next.post('/Users', { userName: 'ada', externalId: 'a-1', [HR]: { badge: 'N-1' } });
  expect(body.id).toBe(ada);
  expect(await valuesOf(ada)).toEqual(['N-1', 9]);
  expect(await found('badge', 'N-1')).toEqual([ada]);
});

test('of two directories that hold a person, the other one says what counts when one lets go', async () => {
  await setRules([{ key: 'badge', sourceOfTruth: 'DIRECTORY' }]);
  const second = await hub.newDirectory(tenant.id);
  const link = `mutation { linkUser(user: "${ada}", directory: "${second.id}", externalId: "s-1") { problems { message } } }`;
  const linked = await ask(link);
  expect(linked.data.linkUser.problems).toEqual([]);
  const hr = scimClient(second);
  await hr.post('/Users', { userName: 'ada', externalId: 's-1', [HR]: { badge: 'S-1' } });
  expect((await entra.delete(`/Users/${ada}`)).status).toBe(204);
  expect(await valuesOf(ada)).toEqual(['S-1', 9]);
  expect(await found('badge', 'S-1')).toEqual([ada]);
});

test('a write of an own field is undone, of people and of directories', async () => {
  await write(ada, [{ key: 'floor', value: 10 }]);
  expect((await undo(await lastEvent(ada))).users[0].changes).toEqual([{ key: 'floor', from: 10, to: 9 }]);
  expect(await valuesOf(ada)).toEqual(['mine', 9]);
  await setRules([{ key: 'badge', sourceOfTruth: 'DIRECTORY' }]);
  await entra.patch(`/Users/${ada}`, { op: 'replace', path: `${HR}:badge`, value: 'B-2' });
  expect(await valuesOf(ada)).toEqual(['B-2', 9]);
  expect((await undo(await lastEvent(ada))).problems).toEqual([]);
  expect(await valuesOf(ada)).toEqual(['B-1', 9]);
  expect((await entra.get(`/Users/${ada}`)).body[HR]).toEqual({ badge: 'B-1', floor: 3 });
  expect([await found('badge', 'B-1'), await found('floor', 9)]).toEqual([[ada], [ada]]);
});

test('what was written under another type comes back only if it fits', async () => {
  const id = await create({ key: 'desk' });
  await write(ada, [{ key: 'desk', value: 'window' }]);
  await write(ada, [{ key: 'desk', value: '7' }]);
  const written = await lastEvent(ada);
  const query = 'mutation ($id: ID!) { updateField(id: $id, input: { type: INTEGER }) { problems { message } } }';
  expect((await ask(query, { id })).data.updateField.problems).toEqual([]);
  expect(await found('desk', 7)).toEqual([ada]);
  expect(await undo(written)).toEqual({ users: [], problems: [{ code: 'NOT_ALLOWED', path: ['desk'] }] });
  expect(await found('desk', 7)).toEqual([ada]);
});

test('a field that was mapped since says what the record said, when a directory change is undone', async () => {
  const patch = (value: string) => entra.patch(`/Users/${ada}`, { op: 'add', path: `${HR}:shift`, value });
  await patch('early');
  await patch('late');
  const changed = await lastEvent(ada);
  await create({ key: 'shift', scimPath: `${HR}:shift` });
  expect(await found('shift', 'late')).toEqual([ada]);
  expect((await undo(changed)).problems).toEqual([]);
  expect((await entra.get(`/Users/${ada}`)).body[HR]).toMatchObject({ shift: 'early' });
  expect([await found('shift', 'early'), await found('shift', 'late')]).toEqual([[ada], []]);
});

test('someone who was deleted comes back with what their directory had said, in the type of today', async () => {
  const id = await create({ key: 'desk', scimPath: `${HR}:desk` });
  await entra.patch(`/Users/${ada}`, { op: 'add', path: `${HR}:desk`, value: '12' });
  await entra.delete(`/Users/${ada}`);
  const { data } = await ask('{ events(first: 20, names: ["user.deleted"]) { nodes { id } } }');
  const query = 'mutation ($id: ID!) { updateField(id: $id, input: { type: INTEGER }) { problems { message } } }';
  expect((await ask(query, { id })).data.updateField.problems).toEqual([]);
  expect((await undo(data.events.nodes[0].id)).problems).toEqual([]);
  expect([await found('desk', 12), await found('badge', 'mine')]).toEqual([[ada], [ada]]);
});

test('what a person wrote and what does not fit the type of today is gone, also of someone who was deleted', async () => {
  const id = await create({ key: 'desk' });
  await write(ada, [{ key: 'desk', value: 'window' }]);
  await entra.delete(`/Users/${ada}`);
  const { data } = await ask('{ events(first: 20, names: ["user.deleted"]) { nodes { id } } }');
  const query = 'mutation ($id: ID!) { updateField(id: $id, input: { type: INTEGER }) { problems { message } } }';
  expect((await ask(query, { id })).data.updateField.problems).toEqual([]);
  expect((await undo(data.events.nodes[0].id)).problems).toEqual([]);
  const read = '{ user(id: "ID") { custom } }'.replace('ID', ada);
  expect((await ask(read)).data.user.custom).toEqual({ badge: 'mine', floor: 9 });
  await write(ada, [{ key: 'desk', value: 4 }]);
  expect(await found('desk', 4)).toEqual([ada]);
});
