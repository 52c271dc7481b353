import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidOf, wireId } from '../../../src/domain/ids.ts';
import { type Hub, startHub, type Tenant, type TestDirectory } from '../../support/hub.ts';
import { keptRequests } from '../../support/request-log.ts';
import { scimClient } from '../../support/scim-client.ts';
import { type Ask, askAs } from '../ask.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

type Stage = { tenant: Tenant; directory: TestDirectory; ask: Ask; scim: ReturnType<typeof scimClient> };

async function stage(): Promise<Stage> {
  const tenant = await hub.newTenant();
  const directory = await hub.newDirectory(tenant.id);
  return { tenant, directory, ask: askAs(hub, tenant.key), scim: scimClient(directory) };
}

/** The newest event of a person by that name. */
async function lastEvent({ ask }: Stage, id: string, name: string): Promise<string> {
  const { data } = await ask(
    `query ($id: ID!) { users(where: { status: [ACTIVE, DEACTIVATED, DELETED] }, first: 100) { nodes { id history(first: 100) { nodes { id name } } } } node(id: $id) { id } }`,
    { id },
  );
  const { history } = data.users.nodes.find((one: { id: string }) => one.id === id);
  return history.nodes.find((event: { name: string }) => event.name === name).id;
}

const report = `usersChanged usersRefused users { userId changes { key from to } problems { code message path } } problems { code message path }`;

async function undo({ ask }: Stage, what: 'Event' | 'Request' | 'SyncRun', id: string, preview = false) {
  const { data, text } = await ask(
    `mutation ($id: ID!, $preview: Boolean) { undone: undo${what}(id: $id, preview: $preview) { ${report} } }`,
    { id, preview },
  );
  if (!data) throw new Error(text);
  return data.undone;
}

const undoLast = async (at: Stage, id: string, name = 'user.updated', preview = false) =>
  undo(at, 'Event', await lastEvent(at, id, name), preview);

async function user({ ask }: Stage, id: string) {
  const query = `query ($id: ID!) { user(id: $id) { status userName title department email { value }
    title: title teams { nodes { name } } fields(keys: ["title"]) { winner { source { kind } value } shadowed { value } } } }`;
  const { data, text } = await ask(query.replace('email { value }', '').replace('title: title ', ''), { id });
  if (!data) throw new Error(text);
  return data.user;
}

const edit = ({ ask }: Stage, id: string, input: object) =>
  ask('mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { problems { code } } }', {
    id,
    input,
  });

const rule = ({ ask }: Stage, sourceOfTruth: string) =>
  ask(`mutation { setFieldRules(rules: [{ key: "title", sourceOfTruth: ${sourceOfTruth} }]) { usersChanged } }`);

const ada = {
  userName: 'ada',
  title: 'Engineer',
  emails: [
    { type: 'work', value: 'ada@x.example', primary: true },
    { type: 'home', value: 'home@x.example' },
  ],
  roles: [{ value: 'Admin' }],
};

const joined = async ({ scim }: Stage, body: object = ada) => String((await scim.post('/Users', body)).body.id);

test('what a directory changed is set back where it reads it, and what it writes then counts again', async () => {
  const at = await stage();
  const id = await joined(at);
  const before = (await at.scim.get(`/Users/${id}`)).body;
  await at.scim.patch(
    `/Users/${id}`,
    { op: 'replace', path: 'title', value: 'Manager' },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'other@x.example' },
    { op: 'replace', path: 'roles', value: [{ value: 'Guest' }] },
    { op: 'replace', path: 'userName', value: 'lovelace' },
    { op: 'replace', path: 'active', value: false },
  );
  expect(await undoLast(at, id)).toMatchObject({ usersChanged: 1, problems: [] });
  expect(await user(at, id)).toMatchObject({ title: 'Engineer', userName: 'ada', status: 'ACTIVE' });
  const after = (await at.scim.get(`/Users/${id}`)).body;
  expect({ ...after, meta: null }).toEqual({ ...before, meta: null });
  await at.scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Manager' });
  expect(await user(at, id)).toMatchObject({ title: 'Manager' });
});

test('a person who had said nothing says nothing again, and an undo is undone as well', async () => {
  const at = await stage();
  await rule(at, 'USER');
  const id = await joined(at);
  await edit(at, id, { title: 'Countess' });
  await undoLast(at, id);
  expect(await user(at, id)).toMatchObject({
    title: 'Engineer',
    fields: [{ winner: { source: { kind: 'DIRECTORY' } }, shadowed: [] }],
  });
  await undoLast(at, id);
  expect(await user(at, id)).toMatchObject({ title: 'Countess', fields: [{ winner: { source: { kind: 'LOCAL' } } }] });
});

test('a word that is given back keeps its place in time', async () => {
  const at = await stage();
  await rule(at, 'LATEST');
  const id = await joined(at);
  await edit(at, id, { title: 'Countess' });
  await at.scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Manager' });
  expect(await user(at, id)).toMatchObject({ title: 'Manager' });
  await undoLast(at, id);
  expect(await user(at, id)).toMatchObject({ title: 'Countess', fields: [{ shadowed: [{ value: 'Engineer' }] }] });
});

test('released fields are taken back', async () => {
  const at = await stage();
  await rule(at, 'USER');
  const id = await joined(at);
  await edit(at, id, { title: 'Countess' });
  await at.ask('mutation ($id: ID!) { releaseUserFields(id: $id, keys: ["title"]) { problems { code } } }', { id });
  await undoLast(at, id, 'user.fields.released');
  expect(await user(at, id)).toMatchObject({ title: 'Countess' });
});

test('what was changed again is refused with the key and the later event, and nothing is changed', async () => {
  const at = await stage();
  const id = await joined(at);
  await at.scim.patch(
    `/Users/${id}`,
    { op: 'replace', path: 'title', value: 'Manager' },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@x.example' },
  );
  const first = await lastEvent(at, id, 'user.updated');
  await at.scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Director' });
  const second = await lastEvent(at, id, 'user.updated');
  const { problems, usersChanged } = await undo(at, 'Event', first);
  expect(usersChanged).toBe(0);
  expect(problems).toEqual([{ code: 'VERSION_CONFLICT', path: ['title'], message: expect.stringContaining(second) }]);
  expect((await at.scim.get(`/Users/${id}`)).body).toMatchObject({
    title: 'Director',
    emails: [{ value: 'b@x.example' }, {}],
  });
});

test('what stands beside what was changed again is undone alone', async () => {
  const at = await stage();
  const id = await joined(at);
  await at.scim.patch(`/Users/${id}`, { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@x.example' });
  const first = await lastEvent(at, id, 'user.updated');
  await at.scim.patch(`/Users/${id}`, { op: 'replace', path: 'emails[type eq "home"].value', value: 'c@x.example' });
  expect(await undo(at, 'Event', first)).toMatchObject({ usersChanged: 1 });
  expect((await at.scim.get(`/Users/${id}`)).body.emails).toMatchObject([
    { value: 'ada@x.example', type: 'work' },
    { value: 'c@x.example', type: 'home' },
  ]);
});

test('memberships are given back both ways', async () => {
  const at = await stage();
  const id = await joined(at);
  const group = await at.scim.group('Crew', [id]);
  await undoLast(at, id, 'team.members.added');
  expect(await at.scim.members(group)).toEqual([]);
  await undoLast(at, id, 'team.members.removed');
  expect(await at.scim.members(group)).toEqual([id]);
  await at.scim.delete(`/Groups/${group}`);
  const { problems } = await undoLast(at, id, 'team.members.removed');
  expect(problems).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('a deletion is taken back with the link, and a creation by letting go', async () => {
  const at = await stage();
  const id = await joined(at);
  const before = (await at.scim.get(`/Users/${id}`)).body;
  await at.scim.delete(`/Users/${id}`);
  expect(await undoLast(at, id, 'user.deleted')).toMatchObject({ usersChanged: 1, problems: [] });
  expect((await at.scim.get(`/Users/${id}`)).body).toEqual({ ...before, meta: expect.anything() });
  expect(await user(at, id)).toMatchObject({ status: 'ACTIVE', title: 'Engineer' });
  expect(await undoLast(at, id, 'user.created')).toMatchObject({ problems: [{ code: 'VERSION_CONFLICT' }] });
  expect(await undoLast(at, id, 'user.restored')).toMatchObject({ usersChanged: 1, problems: [] });
  expect((await at.scim.get(`/Users/${id}`)).status).toBe(404);
  const other = await joined(at, { userName: 'grace' });
  expect(await undoLast(at, other, 'user.created')).toMatchObject({ usersChanged: 1 });
  expect((await at.scim.get(`/Users/${other}`)).status).toBe(404);
});

test('a deletion whose name is taken again is refused', async () => {
  const at = await stage();
  const id = await joined(at);
  await at.scim.delete(`/Users/${id}`);
  await joined(at);
  expect(await undoLast(at, id, 'user.deleted')).toMatchObject({ usersChanged: 0, problems: [{ code: 'NOT_UNIQUE' }] });
});

test('a preview tells what would change and changes nothing', async () => {
  const at = await stage();
  const id = await joined(at);
  await at.scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Manager' });
  const { users } = await undoLast(at, id, 'user.updated', true);
  expect(users).toEqual([{ userId: id, changes: [{ key: 'title', from: 'Manager', to: 'Engineer' }], problems: [] }]);
  expect(await user(at, id)).toMatchObject({ title: 'Manager' });
});

test('what somebody else may not do is refused with its scope', async () => {
  const at = await stage();
  const id = await joined(at);
  const event = await lastEvent(at, id, 'user.created');
  const reader = { ...at, ask: askAs(hub, await hub.newKey(at.tenant.id, ['users:read'])) };
  const writer = { ...at, ask: askAs(hub, await hub.newKey(at.tenant.id, ['users:read', 'users:write'])) };
  expect(await undo(reader, 'Event', event)).toMatchObject({ problems: [{ code: 'NOT_ALLOWED' }] });
  expect(await undo(writer, 'Request', wireId('req', uuidOf('usr', id)!))).toMatchObject({
    problems: [{ code: 'NOT_ALLOWED', message: expect.stringContaining('directories:write') }],
  });
  expect(await undo(at, 'Event', 'evt_x')).toMatchObject({ problems: [{ code: 'NOT_FOUND' }] });
});

test('a request is undone for everyone whom it changed, and the events name it', async () => {
  const at = await stage();
  const ids = await at.scim.people('a', 'b', 'c');
  const group = await at.scim.group('Crew');
  await at.scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: ids.map((value) => ({ value })) });
  const request = wireId('req', (await keptRequests(hub, at.tenant.id, 5)).at(-1)!.id);
  expect(await undo(at, 'Request', request)).toMatchObject({ usersChanged: 3, usersRefused: 0 });
  expect(await at.scim.members(group)).toEqual([]);
  const { data } = await at.ask('query ($id: ID!) { user(id: $id) { history(first: 1) { nodes { name cause } } } }', {
    id: ids[0],
  });
  expect(data.user.history.nodes).toEqual([{ name: 'team.members.removed', cause: request }]);
});

test('what a device had reported is taken back from the device, and puts no word into the mouth of people', async () => {
  const at = await stage();
  const { data } = await at.ask('mutation { createUser(input: { userName: "ada" }) { user { id } } }');
  const { id } = data.createUser.user;
  const reported = (timezone: string) =>
    at.ask(
      'mutation ($id: ID!, $timezone: String) { reportDevice(user: $id, timezone: $timezone) { problems { code } } }',
      { id, timezone },
    );
  const timezone = async () => {
    const query = `query ($id: ID!) { user(id: $id) { fields(keys: ["timezone"]) { winner { source { kind } value } shadowed { value } } } }`;
    return (await at.ask(query, { id })).data.user.fields[0];
  };
  await reported('Europe/Rome');
  await reported('Europe/Oslo');
  await undoLast(at, id, 'user.device.reported');
  expect(await timezone()).toEqual({ winner: { source: { kind: 'DEVICE' }, value: 'Europe/Rome' }, shadowed: [] });
  await undoLast(at, id);
  expect(await timezone()).toMatchObject({ winner: { source: { kind: 'DEVICE' }, value: 'Europe/Oslo' } });
});

test('what left nothing to set back, such as a role that was granted, is refused rather than answered as done', async () => {
  const at = await stage();
  const { data } = await at.ask('mutation { createUser(input: { userName: "ada" }) { user { id } } }');
  const { id } = data.createUser.user;
  const roles = (await at.ask('{ roles { id key } }')).data.roles as { id: string; key: string }[];
  const role = roles.find(({ key }) => key === 'admin')!.id;
  await at.ask('mutation ($id: ID!, $role: ID!) { grantRole(user: $id, role: $role) { problems { code } } }', {
    id,
    role,
  });
  const undone = await undoLast(at, id, 'user.role.granted');
  expect(undone).toMatchObject({ usersChanged: 0, problems: [{ code: 'NOT_ALLOWED', path: ['id'] }] });
});
