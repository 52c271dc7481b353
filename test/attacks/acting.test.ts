import { afterAll, beforeAll, expect, test } from 'vitest';
import { wireId } from '../../src/domain/ids.ts';
import { type Ask, askAs, bodyOf, post } from '../graphql/ask.ts';
import { newProvisioning, type Provisioning } from '../graphql/provision.ts';
import { type Hub, startHub, type Tenant } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';
import { eventsOf, stateOf } from './support/state.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
let entra: Provisioning;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  entra = await newProvisioning(hub, tenant.id);
});
afterAll(() => hub.stop());

const createUser = async (userName: string, as = ask) =>
  (await as('mutation ($u: String!) { createUser(input: { userName: $u }) { user { id } } }', { u: userName })).data
    .createUser.user.id as string;

const problemsOf = async (as: Ask, id: string, input: object) => {
  const query =
    'mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { problems { code path } } }';
  return (await as(query, { id, input })).data.updateUser.problems;
};

const knock = (key: string, headers: Record<string, string>) =>
  post(hub, key, JSON.stringify({ query: '{ viewer { kind } }' }), headers);

test('A2 A13 nobody acts as one who is unknown, deactivated, deleted, hidden or of another tenant, and all are told the same', async () => {
  const other = await hub.newTenant();
  const foreign = await createUser('foreign', askAs(hub, other.key));
  const gone = await createUser('gone');
  await ask('mutation ($id: ID!) { deleteUser(id: $id) { deletedId } }', { id: gone });
  const off = await createUser('off');
  await ask('mutation ($id: ID!) { deactivateUser(id: $id) { problems { code } } }', { id: off });
  const entraOff = await entra.user({ userName: 'entra off', active: false });
  const hidden = await createUser('hidden');
  await hub.running.database.session(tenant.id, (session) =>
    session.ask({ text: `update users set visible = false where user_name = 'hidden'`, values: [] }),
  );
  const alive = await createUser('alive');
  const junk = [
    '',
    ' ',
    'usr_',
    'null',
    `${alive} `,
    `${alive},${alive}`,
    alive.toUpperCase(),
    `team_${alive.slice(4)}`,
  ];
  const nobody = wireId('usr', '00000000-0000-7000-8000-000000000001');
  const answers = new Set<string>();
  for (const id of [foreign, gone, off, entraOff, hidden, nobody, ...junk.filter((id) => id !== `${alive} `)]) {
    const response = await knock(tenant.key, { 'x-rollcall-act-as': id });
    expect([id, response.status]).toEqual([id, 403]);
    answers.add(await response.text());
  }
  expect(answers.size).toBe(1);
  const refused = await eventsOf(hub, tenant.id, 'request.refused');
  expect(refused.length).toBeGreaterThanOrEqual(13);
  expect(JSON.stringify(refused)).not.toContain(foreign);
});

test('A39 who is deactivated acts no more, from the next request on', async () => {
  const id = await createUser('leaver');
  expect((await knock(tenant.key, { 'x-rollcall-act-as': id })).status).toBe(200);
  await ask('mutation ($id: ID!) { deactivateUser(id: $id) { problems { code } } }', { id });
  expect((await knock(tenant.key, { 'x-rollcall-act-as': id })).status).toBe(403);
});

test('A41 a key acts for nobody unless it may write people, and never does more than it may by itself', async () => {
  const id = await createUser('borrowed');
  const reader = await hub.newKey(tenant.id, ['users:read', 'tenants:admin', 'keys:write']);
  const refused = await knock(reader, { 'x-rollcall-act-as': id });
  expect([refused.status, (await bodyOf(refused)).errors[0].extensions.code]).toEqual([403, 'NOT_ALLOWED']);
  const writer = askAs(hub, await hub.newKey(tenant.id, ['users:write']), id);
  expect((await writer('{ viewer { scopes } }')).data.viewer.scopes).toEqual(['users:write']);
  expect((await writer('query ($id: ID!) { user(id: $id) { id } }', { id })).errors![0]!.extensions.code).toBe(
    'NOT_ALLOWED',
  );
});

test("A8 A27 a person does nothing that is an admin's, whatever the key may", async () => {
  const id = await createUser('ambitious');
  const victim = await createUser('victim');
  const self = askAs(hub, tenant.key, id);
  const before = await stateOf(hub, tenant.id);
  const directory = entra.id;
  for (const mutation of [
    'createUser(input: { userName: "friend" }) { problems { code } }',
    `deleteUser(id: "${victim}") { problems { code } }`,
    `deleteUser(id: "${id}") { problems { code } }`,
    `deactivateUser(id: "${victim}") { problems { code } }`,
    `activateUser(id: "${id}") { problems { code } }`,
    'createTeam(name: "mine") { problems { code } }',
    'setFieldRules(preset: USER_OWNS_ALL) { problems { code } }',
    'createApiKey(name: "mine", scopes: ["users:write"]) { problems { code } }',
    'createDirectory(input: { name: "mine", preset: ENTRA_STANDARD }) { problems { code } }',
    `createDirectoryToken(directory: "${directory}") { problems { code } }`,
  ]) {
    const { data } = await self(`mutation { it: ${mutation} }`);
    expect([mutation, data.it.problems[0]?.code]).toEqual([mutation, 'NOT_ALLOWED']);
  }
  for (const query of ['{ events { nodes { id } } }', '{ directories { id } }']) {
    expect((await self(query)).errors![0]!.extensions.code).toBe('NOT_ALLOWED');
  }
  expect(await stateOf(hub, tenant.id)).toEqual(before);
});

test('A16 nobody makes themselves the manager of others or of themselves', async () => {
  await ask(
    'mutation { setFieldRules(rules: [{ key: "title", sourceOfTruth: USER, editableBy: [MANAGER] }, { key: "manager", sourceOfTruth: USER, editableBy: [SELF, ADMIN] }]) { problems { code } } }',
  );
  const report = await createUser('report');
  await problemsOf(ask, report, { manager: 'future boss' });
  const id = await createUser('usurper');
  const self = askAs(hub, tenant.key, id);
  expect(await problemsOf(self, id, { userName: 'future boss' })).toEqual([
    { code: 'NOT_ALLOWED', path: ['userName'] },
  ]);
  expect(await problemsOf(self, id, { manager: id })).toEqual([{ code: 'NOT_ALLOWED', path: ['manager'] }]);
  await problemsOf(ask, id, { manager: id });
  expect(await problemsOf(self, id, { title: 'mine' })).toEqual([{ code: 'NOT_ALLOWED', path: ['title'] }]);
  expect(await problemsOf(self, report, { title: 'theirs' })).toEqual([{ code: 'NOT_ALLOWED', path: ['title'] }]);
  await problemsOf(ask, id, { userName: 'future boss' });
  expect(await problemsOf(self, report, { title: 'theirs' })).toEqual([]);
});

test('A16 what says whether a person is verified, active or whose is no field, to the person either', async () => {
  const id = await createUser('self made');
  const self = askAs(hub, tenant.key, id);
  const before = await stateOf(hub, tenant.id);
  for (const key of ['status', 'emailVerified', 'verified', 'source', 'visible', 'kind', 'externalId', '__proto__']) {
    expect(await problemsOf(self, id, { custom: [{ key, value: true }] })).toEqual([
      { code: 'NOT_FOUND', path: [key] },
    ]);
  }
  expect(await stateOf(hub, tenant.id)).toEqual(before);
});

test('the header gives a directory token nothing, over SCIM or GraphQL', async () => {
  const id = await createUser('not for entra');
  const directory = await hub.newDirectory(tenant.id);
  expect((await knock(directory.token, { 'x-rollcall-act-as': id })).status).toBe(401);
  const made = String((await scimClient(directory).post('/Users', { userName: 'by entra' })).body.id);
  const response = await fetch(`${directory.scim}/Users/${made}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${directory.token}`,
      'content-type': 'application/scim+json',
      'x-rollcall-act-as': id,
    },
    body: JSON.stringify({ Operations: [{ op: 'replace', path: 'title', value: 'x' }] }),
  });
  expect(response.status).toBe(200);
  const { data } = await ask('query ($id: ID!) { user(id: $id) { history(first: 1) { nodes { actor } } } }', {
    id: made,
  });
  expect(data.user.history.nodes[0].actor).toBe(directory.id);
});
