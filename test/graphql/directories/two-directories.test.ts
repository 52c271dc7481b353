import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type Tenant, type TestDirectory } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { type Ask, askAs } from '../ask.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
let first: TestDirectory;
let second: TestDirectory;
let entra: ReturnType<typeof scimClient>;
let hr: ReturnType<typeof scimClient>;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const idOf = (answer: { body: object }) => (answer.body as { id: string }).id;

const linkUser = async (user: string, externalId: string | null, directory = second.id) => {
  const { data } = await ask(
    `mutation ($user: ID!, $directory: ID!, $externalId: String) {
       linkUser(user: $user, directory: $directory, externalId: $externalId) { user { id } problems { code path } } }`,
    { user, directory, externalId },
  );
  return data.linkUser.problems;
};

const USER = `id status userName title department email links { directory { id } }
  fields(keys: ["title"]) { winner { source { directory { id } } } shadowed { value } }`;

const read = async (id: string) => (await ask(`query ($id: ID!) { user(id: $id) { ${USER} } }`, { id })).data.user;

const disconnect = async (id: string, plan: string) =>
  (
    await ask(
      `mutation ($id: ID!) { disconnectDirectory(id: $id, plan: ${plan}) { directory { state } problems { message } } }`,
      { id },
    )
  ).data.disconnectDirectory.problems;

const inEntra = { userName: 'ada@acme', externalId: 'oid-1', title: 'Countess', department: 'Engines' };
const inHr = { userName: 'A-17', externalId: '17', title: 'Analyst', active: true };

/** A company with two connected directories that hold one person, whose id it returns; Entra was there first. */
async function both(hrRecord: object = inHr): Promise<string> {
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  first = await hub.newDirectory(tenant.id);
  second = await hub.newDirectory(tenant.id);
  entra = scimClient(first);
  hr = scimClient(second);
  const id = idOf(await entra.post('/Users', inEntra));
  expect(await linkUser(id, '17')).toEqual([]);
  const linked = await hr.post('/Users', hrRecord);
  expect([linked.status, linked.body.id]).toEqual([201, id]);
  return id;
}

const retitle = (client: ReturnType<typeof scimClient>, id: string, path: string, value: unknown) =>
  client.patch(`/Users/${id}`, { op: 'replace', path, value });

describe('one person in two directories', () => {
  test('DY15 is one person, and each directory reads back its own words', async () => {
    const id = await both();
    expect((await entra.get(`/Users/${id}`)).body).toMatchObject({
      userName: 'ada@acme',
      externalId: 'oid-1',
      title: 'Countess',
    });
    expect((await hr.get(`/Users/${id}`)).body).toMatchObject({ userName: 'A-17', externalId: '17', title: 'Analyst' });
    expect((await hr.get('/Users?filter=userName eq "a-17"')).body.totalResults).toBe(1);
    expect((await hr.get('/Users?filter=userName eq "ada@acme"')).body.totalResults).toBe(0);
    expect(await read(id)).toMatchObject({
      userName: 'ada@acme',
      title: 'Countess',
      links: [{ directory: { id: first.id } }, { directory: { id: second.id } }],
      fields: [{ winner: { source: { directory: { id: first.id } } }, shadowed: [{ value: 'Analyst' }] }],
    });
    const { data } = await ask('{ users { nodes { id } } events { nodes { name } } }');
    expect(data.users.nodes).toEqual([{ id }]);
    const names = data.events.nodes.map((node: { name: string }) => node.name);
    expect(names).toEqual(expect.arrayContaining(['user.link.expected', 'user.linked', 'user.created']));
  });

  test('DY15 has each field from the first directory of its rule that says anything', async () => {
    const id = await both();
    const { data } = await ask(
      `mutation ($rules: [FieldRuleInput!]) { setFieldRules(rules: $rules) { usersChanged problems { message } } }`,
      { rules: [{ key: 'title', sourceOfTruth: 'DIRECTORY', directories: [second.id, first.id] }] },
    );
    expect(data.setFieldRules).toEqual({ usersChanged: 1, problems: [] });
    expect(await read(id)).toMatchObject({ title: 'Analyst', department: 'Engines' });
    await retitle(entra, id, 'title', 'Duchess');
    expect(await read(id)).toMatchObject({ title: 'Analyst' });
    await retitle(hr, id, 'title', 'Chief analyst');
    expect(await read(id)).toMatchObject({ title: 'Chief analyst' });
    expect((await entra.get(`/Users/${id}`)).body.title).toBe('Duchess');
  });

  test('DY15 has userName and status from the directory that held them first', async () => {
    const id = await both();
    await retitle(hr, id, 'active', 'False');
    await retitle(hr, id, 'userName', 'A-18');
    expect(await read(id)).toMatchObject({ status: 'ACTIVE', userName: 'ada@acme' });
    expect((await hr.get(`/Users/${id}`)).body).toMatchObject({ active: false, userName: 'A-18' });
    await retitle(entra, id, 'userName', 'ada@new');
    expect(await read(id)).toMatchObject({ userName: 'ada@new' });
    const { data } = await ask(
      'query ($id: ID!) { user(id: $id) { history(first: 3) { nodes { name changes { key from to } } } } }',
      { id },
    );
    expect(data.user.history.nodes.map((node: { changes: object[] }) => node.changes)).toEqual([
      [{ key: 'userName', from: 'ada@acme', to: 'ada@new' }],
      [{ key: 'userName', from: 'A-17', to: 'A-18' }],
      [{ key: 'active', from: true, to: false }],
    ]);
  });

  test('DY15 is in the groups of each, which nobody mixes up', async () => {
    const id = await both();
    const sales = await entra.group('Sales', [id]);
    const staff = await hr.group('Sales', [id]);
    expect(await entra.members(sales)).toEqual([id]);
    expect(await hr.members(staff)).toEqual([id]);
    expect((await hr.get(`/Groups/${sales}`)).status).toBe(404);
    await entra.delete(`/Users/${id}`);
    expect(await entra.members(sales).catch(() => [])).toEqual([]);
    expect(await hr.members(staff)).toEqual([id]);
    const { data } = await ask('query ($id: ID!) { user(id: $id) { teams { nodes { name } } } }', { id });
    expect(data.user.teams.nodes).toEqual([{ name: 'Sales' }]);
  });

  test('DY15 stays when the first directory deletes them: values, userName and status are the other’s', async () => {
    const id = await both();
    await retitle(hr, id, 'active', 'False');
    expect((await entra.delete(`/Users/${id}`)).status).toBe(204);
    expect((await entra.get(`/Users/${id}`)).status).toBe(404);
    expect(await read(id)).toMatchObject({
      userName: 'A-17',
      status: 'DEACTIVATED',
      title: 'Analyst',
      department: null,
      links: [{ directory: { id: second.id } }],
    });
    await retitle(hr, id, 'active', 'True');
    expect(await read(id)).toMatchObject({ status: 'ACTIVE' });
    await hr.delete(`/Users/${id}`);
    expect(await read(id)).toMatchObject({ status: 'DELETED' });
  });

  test('DY15 stays as they are when the second deletes them, who is taken back when it sends them again', async () => {
    const id = await both();
    expect((await hr.delete(`/Users/${id}`)).status).toBe(204);
    expect(await read(id)).toMatchObject({ userName: 'ada@acme', title: 'Countess', links: [{}] });
    const again = await hr.post('/Users', inHr);
    expect([again.status, again.body.id]).toEqual([201, id]);
    expect(await read(id)).toMatchObject({ links: [{}, {}] });
  });

  test('DY15 a userName of the other that is taken meanwhile is no reason to keep them', async () => {
    const id = await both();
    await ask('mutation { createUser(input: { userName: "a-17" }) { user { id } } }');
    expect((await entra.delete(`/Users/${id}`)).status).toBe(204);
    expect(await read(id)).toMatchObject({ userName: 'ada@acme', title: 'Analyst' });
    expect((await retitle(hr, id, 'title', 'Chief')).status).toBe(200);
    expect(await read(id)).toMatchObject({ userName: 'ada@acme', title: 'Chief' });
    expect((await retitle(hr, id, 'userName', 'A-19')).status).toBe(200);
    expect(await read(id)).toMatchObject({ userName: 'A-19' });
  });

  test.each(['KEEP_MANUAL', 'DEACTIVATE', 'DELETE'])(
    'DY15 stays under the other when one is disconnected by %s',
    async (plan) => {
      const id = await both();
      const alone = idOf(await entra.post('/Users', { userName: 'alone' }));
      expect(await disconnect(first.id, plan)).toEqual([]);
      expect(await read(id)).toMatchObject({
        status: 'ACTIVE',
        userName: 'A-17',
        title: 'Analyst',
        department: plan === 'DELETE' ? null : 'Engines',
      });
      expect((await read(alone))?.status ?? 'DELETED').toBe(
        { KEEP_MANUAL: 'ACTIVE', DEACTIVATE: 'DEACTIVATED', DELETE: 'DELETED' }[plan],
      );
      expect((await retitle(hr, id, 'title', 'Chief')).status).toBe(200);
      expect(await read(id)).toMatchObject({ title: 'Chief' });
      const stranger = scimClient(await hub.newDirectory(tenant.id));
      expect((await stranger.post('/Users', { ...inEntra, userName: 'x' })).body.id).not.toBe(id);
    },
  );

  test('deleted by an admin, is gone from both', async () => {
    const id = await both();
    await retitle(entra, id, 'active', 'False');
    await ask('mutation ($id: ID!) { deleteUser(id: $id) { problems { code } } }', { id });
    expect((await entra.get(`/Users/${id}`)).status).toBe(404);
    expect((await hr.get(`/Users/${id}`)).status).toBe(404);
    expect((await hr.get('/Users')).body.totalResults).toBe(0);
    const again = await hr.post('/Users', inHr);
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(id);
  });
});

describe('linkUser', () => {
  test('refuses what cannot be meant', async () => {
    const id = await both();
    const other = idOf(await entra.post('/Users', { userName: 'other' }));
    expect(await linkUser(other, ' ')).toEqual([{ code: 'REQUIRED', path: ['externalId'] }]);
    expect(await linkUser(other, 'x'.repeat(3000))).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(await linkUser(other, '17')).toEqual([{ code: 'NOT_UNIQUE', path: ['externalId'] }]);
    expect(await linkUser(id, '18')).toEqual([{ code: 'NOT_UNIQUE', path: ['directory'] }]);
    expect(await linkUser('usr_x', '18')).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await linkUser(other, '18', 'dir_x')).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await linkUser(other, '18')).toEqual([]);
    const third = idOf(await entra.post('/Users', { userName: 'third' }));
    expect(await linkUser(third, '18')).toEqual([{ code: 'NOT_UNIQUE', path: ['externalId'] }]);
  });

  test('may be taken back, and a person made by hand may be meant too', async () => {
    await both();
    const { data } = await ask(
      'mutation { createUser(input: { userName: "hand", email: "hand@acme.example" }) { user { id } } }',
    );
    const { id } = data.createUser.user;
    expect(await linkUser(id, '18')).toEqual([]);
    expect(await linkUser(id, null)).toEqual([]);
    expect((await hr.post('/Users', { userName: 'hr-18', externalId: '18' })).body.id).not.toBe(id);
    expect(await linkUser(id, '19')).toEqual([]);
    const linked = await hr.post('/Users', { userName: 'hr-19', externalId: '19', title: 'Hand' });
    expect(linked.body).toMatchObject({ id, userName: 'hr-19' });
    expect(await read(id)).toMatchObject({ userName: 'hand', email: 'hand@acme.example', title: 'Hand' });
  });
});
