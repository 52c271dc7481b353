import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type Tenant, type TestDirectory } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { type Ask, askAs } from '../ask.ts';

/** Sign-in believes a token for a second; a busy machine takes its time. */
const WITHIN = { timeout: 5_000 };

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
let directory: TestDirectory;
let entra: ReturnType<typeof scimClient>;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

/** A company with one directory, which a test may disconnect. */
async function company() {
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  directory = await hub.newDirectory(tenant.id);
  entra = scimClient(directory);
}

const idOf = (answer: { body: object }) => (answer.body as { id: string }).id;

const disconnect = async (plan: string, id = directory.id) => {
  const { data } = await ask(
    `mutation ($id: ID!, $plan: DisconnectPlan!) { disconnectDirectory(id: $id, plan: $plan) {
       directory { state disconnecting } problems { code path message } } }`,
    { id, plan },
  );
  return data.disconnectDirectory;
};

const USER = `id version status userName displayName title email
  links { externalId directory { id state } } fields(keys: ["title"]) { viewerCanEdit winner { source { kind directory { id } } } }`;

const read = async (id: string) => (await ask(`query ($id: ID!) { user(id: $id) { ${USER} } }`, { id })).data.user;

const edit = async (id: string, input: object) =>
  (
    await ask(
      'mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { problems { code path } } }',
      { id, input },
    )
  ).data.updateUser.problems;

const setRule = (key: string, sourceOfTruth: string) =>
  ask('mutation ($rules: [FieldRuleInput!]) { setFieldRules(rules: $rules) { problems { message } } }', {
    rules: [{ key, sourceOfTruth }],
  });

const namesOf = async (id: string): Promise<string[]> => {
  const { data } = await ask('query ($id: ID!) { user(id: $id) { history { nodes { name } } } }', { id });
  return data.user.history.nodes.map((node: { name: string }) => node.name);
};

const lastEventAt = async (): Promise<string> =>
  (await ask('{ events(first: 100) { nodes { at } } }')).data.events.nodes.at(-1).at;

/** The teams that everybody was in at that moment, by id. */
const teamsAsOf = async (at: string): Promise<Record<string, string[]>> => {
  const { data } = await ask(
    `query ($at: DateTime!) { users(where: { status: [ACTIVE, DEACTIVATED, DELETED] }) { nodes { id asOf(at: $at) { teams } } } }`,
    { at },
  );
  return Object.fromEntries(
    data.users.nodes.map(({ id, asOf }: { id: string; asOf: { teams: string[] } }) => [id, asOf.teams.sort()]),
  );
};

const ada = {
  userName: 'ada',
  externalId: 'oid-ada',
  title: 'Countess',
  emails: [{ type: 'work', value: 'ada@old.example' }],
};

describe('a disconnected directory', () => {
  test('DY3 is turned away at once, by whatever it signs in', async () => {
    await company();
    const id = idOf(await entra.post('/Users', ada));
    await ask(
      `mutation ($id: ID!) { createClientSecret(directory: $id) { secret }
        setFederation(directory: $id, federation: { tenantId: "11111111-1111-1111-1111-111111111111", audience: "api://a",
          subject: "22222222-2222-2222-2222-222222222222" }) { problems { code } } }`,
      { id: directory.id },
    );
    expect(await disconnect('KEEP_MANUAL')).toEqual({
      directory: { state: 'DISCONNECTED', disconnecting: null },
      problems: [],
    });
    const { data } = await ask(
      'query ($id: ID!) { directory(id: $id) { tokens { revokedAt } oauth { secrets { revokedAt } federation { subject } } } }',
      { id: directory.id },
    );
    expect(data.directory.tokens).toEqual([{ revokedAt: expect.any(String) }]);
    expect(data.directory.oauth).toEqual({ secrets: [{ revokedAt: expect.any(String) }], federation: null });
    // Sign-in may believe the token for a second more; what it would write is refused all the same.
    for (const answer of [
      await entra.post('/Users', { userName: 'late' }),
      await entra.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Late' }),
      await entra.delete(`/Users/${id}`),
      await entra.post('/Groups', { displayName: 'Late' }),
    ])
      expect([401, 403]).toContain(answer.status);
    expect(await read(id)).toMatchObject({ status: 'ACTIVE', title: 'Countess' });
    await expect.poll(async () => (await entra.get('/Users')).status, WITHIN).toBe(401);
  });

  test('A13 A15 A39 has no access token any more, and is given none for its client secret', async () => {
    await company();
    const made = await ask('mutation ($id: ID!) { createClientSecret(directory: $id) { secret } }', {
      id: directory.id,
    });
    const { secret } = made.data.createClientSecret;
    const token = async () => {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: directory.id,
        client_secret: secret,
      });
      const response = await fetch(`${hub.url}/oauth/token`, { method: 'POST', body });
      return { status: response.status, body: (await response.json()) as { access_token: string } };
    };
    const { access_token } = (await token()).body;
    const client = scimClient({ ...directory, token: access_token });
    expect((await client.get('/Users')).status).toBe(200);
    await disconnect('KEEP_MANUAL');
    expect((await token()).status).toBe(401);
    await expect.poll(async () => (await client.get('/Users')).status, WITHIN).toBe(401);
    const again = await ask(
      'mutation ($id: ID!) { createDirectoryToken(directory: $id) { secret problems { code } } }',
      {
        id: directory.id,
      },
    );
    expect(again.data.createDirectoryToken).toEqual({ secret: null, problems: [{ code: 'NOT_ALLOWED' }] });
  });

  test('is disconnected once, by a key that may write people when people lose something', async () => {
    await company();
    const limited = askAs(hub, await hub.newKey(tenant.id, ['directories:read', 'directories:write']));
    const attempt = async (plan: string) =>
      (
        await limited(
          `mutation ($id: ID!) { disconnectDirectory(id: $id, plan: ${plan}) { directory { state } problems { code } } }`,
          { id: directory.id },
        )
      ).data.disconnectDirectory.problems;
    expect(await attempt('DELETE')).toEqual([{ code: 'NOT_ALLOWED' }]);
    expect(await attempt('DEACTIVATE')).toEqual([{ code: 'NOT_ALLOWED' }]);
    expect(await attempt('KEEP_MANUAL')).toEqual([]);
    expect((await disconnect('DELETE')).problems).toMatchObject([{ code: 'NOT_ALLOWED', path: ['id'] }]);
    expect((await disconnect('DELETE', 'dir_x')).problems).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('KEEP_MANUAL', () => {
  test('DY3 leaves values as a base that anybody may edit, and says where they came from', async () => {
    await company();
    const id = idOf(await entra.post('/Users', ada));
    expect(await edit(id, { title: 'Locked' })).toMatchObject([{ code: 'FIELD_LOCKED' }]);
    const { version } = await read(id);
    await disconnect('KEEP_MANUAL');
    expect(await read(id)).toMatchObject({
      version: version + 1,
      status: 'ACTIVE',
      title: 'Countess',
      links: [{ externalId: 'oid-ada', directory: { id: directory.id, state: 'DISCONNECTED' } }],
      fields: [{ viewerCanEdit: true, winner: { source: { kind: 'DIRECTORY', directory: { id: directory.id } } } }],
    });
    expect(await namesOf(id)).toEqual(['user.unlinked', 'user.created']);
    expect(await edit(id, { title: 'Mathematician', userName: 'ada.l' })).toEqual([]);
    expect(await read(id)).toMatchObject({ title: 'Mathematician', userName: 'ada.l' });
  });

  test('DY3 a shadow that is younger than the directory speaks again', async () => {
    await company();
    await setRule('title', 'USER');
    const id = idOf(await entra.post('/Users', ada));
    await edit(id, { title: 'Own words' });
    await setRule('title', 'DIRECTORY');
    expect(await read(id)).toMatchObject({ title: 'Countess' });
    await disconnect('KEEP_MANUAL');
    expect(await read(id)).toMatchObject({ title: 'Own words' });
  });

  test('DY3 teams become manual teams with the members they had', async () => {
    await company();
    const [one, two] = (await entra.people('one', 'two')) as [string, string];
    await entra.group('Sales', [one, two]);
    await disconnect('KEEP_MANUAL');
    const { data } = await ask('{ teams { nodes { id name origin memberCount groups { id } } } }');
    expect(data.teams.nodes).toMatchObject([{ name: 'Sales', origin: 'MANUAL', memberCount: 2, groups: [] }]);
    const removed = await ask(
      'mutation ($id: ID!, $users: [ID!]!) { removeTeamMembers(id: $id, users: $users) { team { memberCount } problems { code } } }',
      { id: data.teams.nodes[0].id, users: [one] },
    );
    expect(removed.data.removeTeamMembers).toEqual({ team: { memberCount: 1 }, problems: [] });
  });
});

test('DEACTIVATE takes access from people whom only that directory holds, and an admin may give it back', async () => {
  await company();
  const id = idOf(await entra.post('/Users', ada));
  const manual = (await ask('mutation { createUser(input: { userName: "hand" }) { user { id } } }')).data.createUser
    .user;
  await disconnect('DEACTIVATE');
  expect(await read(id)).toMatchObject({ status: 'DEACTIVATED', title: 'Countess' });
  expect(await read(manual.id)).toMatchObject({ status: 'ACTIVE' });
  expect(await namesOf(id)).toEqual(['user.deactivated', 'user.created']);
  const { data } = await ask('mutation ($id: ID!) { activateUser(id: $id) { user { status lock { reason } } } }', {
    id,
  });
  expect(data.activateUser.user).toEqual({ status: 'ACTIVE', lock: null });
});

test('DELETE removes people, groups and the teams these made, and frees their names', async () => {
  await company();
  const id = idOf(await entra.post('/Users', ada));
  await entra.group('Sales', [id]);
  await disconnect('DELETE');
  const { data } = await ask(
    'query ($id: ID!) { user(id: $id) { status } users { nodes { id } } teams { nodes { id } } directories { groups { nodes { id } } } events { nodes { name } } }',
    { id },
  );
  expect(data).toMatchObject({ user: { status: 'DELETED' }, users: { nodes: [] }, teams: { nodes: [] } });
  expect(data.directories).toEqual([{ groups: { nodes: [] } }]);
  const names = data.events.nodes.map((node: { name: string }) => node.name);
  for (const name of ['user.deleted', 'group.deleted', 'team.deleted', 'directory.disconnected'])
    expect(names.filter((one: string) => one === name)).toHaveLength(1);
  const next = scimClient(await hub.newDirectory(tenant.id));
  const again = await next.post('/Users', ada);
  expect(again.status).toBe(201);
  expect(idOf(again)).not.toBe(id);
});

test('DELETE takes everybody out of their teams with an event each, so that the past still shows them in', async () => {
  await company();
  const [one, two] = (await entra.people('one', 'two')) as [string, string];
  await entra.group('Sales', [one, two]);
  await entra.group('Berlin', [two]);
  const { data } = await ask('mutation { createUser(input: { userName: "hand" }) { user { id } } } ');
  const hand = data.createUser.user.id;
  const listed = await ask('{ teams { nodes { id name } } }');
  const sales = listed.data.teams.nodes.find(({ name }: { name: string }) => name === 'Sales').id;
  await ask('mutation ($id: ID!, $users: [ID!]!) { addTeamMembers(id: $id, users: $users) { problems { code } } }', {
    id: sales,
    users: [hand],
  });
  const before = await lastEventAt();
  await disconnect('DELETE');
  const was = { [one]: ['Sales'], [two]: ['Berlin', 'Sales'], [hand]: ['Sales'] };
  expect(await teamsAsOf(before)).toEqual(was);
  expect(await teamsAsOf(await lastEventAt())).toEqual({ [one]: [], [two]: [], [hand]: [] });
  const { data: log } = await ask(
    'query ($id: ID!) { events(first: 50) { nodes { name } } user(id: $id) { history { nodes { name } } } }',
    { id: hand },
  );
  const removals = log.events.nodes.filter(({ name }: { name: string }) => name === 'team.members.removed');
  expect(removals).toHaveLength(4);
  expect(log.user.history.nodes[0].name).toBe('team.members.removed');
});

describe('a new directory', () => {
  const reconnect = async () => scimClient(await hub.newDirectory(tenant.id));

  test('DY3 takes back whom the old one left, under the same id and with their memberships', async () => {
    await company();
    const id = idOf(await entra.post('/Users', ada));
    await entra.group('Sales', [id]);
    await disconnect('KEEP_MANUAL');
    const next = await reconnect();
    expect((await next.get('/Users?filter=externalId eq "oid-ada"')).body.totalResults).toBe(0);
    const posted = await next.post('/Users', { ...ada, title: 'Programmer' });
    expect(posted.status).toBe(201);
    expect(idOf(posted)).toBe(id);
    expect(posted.body).toMatchObject({ title: 'Programmer', userName: 'ada' });
    const { data } = await ask(
      'query ($id: ID!) { users { nodes { id } } user(id: $id) { teams { nodes { name } } } }',
      { id },
    );
    expect(data).toEqual({ users: { nodes: [{ id }] }, user: { teams: { nodes: [{ name: 'Sales' }] } } });
    expect(await read(id)).toMatchObject({ title: 'Programmer', links: [{ directory: { id: directory.id } }, {}] });
    expect((await namesOf(id))[0]).toBe('user.adopted');
    const again = await next.post('/Users', ada);
    expect([again.status, again.body.scimType]).toEqual([409, 'uniqueness']);
    expect((await next.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: 'False' })).status).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'DEACTIVATED' });
  });

  test.each([
    ['DIRECTORY', 'Countess', 'Countess'],
    ['USER', 'Countess', 'Mine'],
    ['LATEST', 'Countess', 'Mine'],
    ['LATEST', 'Programmer', 'Programmer'],
  ])('DY3 under %s, sending %s, makes of an edit in between: %s', async (rule, sent, counts) => {
    await company();
    await setRule('title', rule);
    const id = idOf(await entra.post('/Users', ada));
    await disconnect('KEEP_MANUAL');
    expect(await edit(id, { title: 'Mine' })).toEqual([]);
    const next = await reconnect();
    expect(idOf(await next.post('/Users', { ...ada, title: sent }))).toBe(id);
    expect(await read(id)).toMatchObject({ title: counts });
    expect((await next.get(`/Users/${id}`)).body.title).toBe(sent);
  });

  test('DY3 leaves its own words when it is disconnected in turn, and the third takes them back', async () => {
    await company();
    const id = idOf(await entra.post('/Users', ada));
    await disconnect('KEEP_MANUAL');
    const second = await hub.newDirectory(tenant.id);
    await scimClient(second).post('/Users', { ...ada, title: 'Programmer' });
    await disconnect('KEEP_MANUAL', second.id);
    expect(await read(id)).toMatchObject({ title: 'Programmer', fields: [{ viewerCanEdit: true }] });
    const third = await reconnect();
    expect(idOf(await third.post('/Users', ada))).toBe(id);
    expect(await read(id)).toMatchObject({ title: 'Countess', links: [{}, {}, {}] });
  });

  test('DY3 under LATEST is compared with what the last one said, not with one before it', async () => {
    await company();
    await setRule('title', 'LATEST');
    const id = idOf(await entra.post('/Users', ada));
    await disconnect('KEEP_MANUAL');
    const second = await hub.newDirectory(tenant.id);
    await scimClient(second).post('/Users', { ...ada, title: 'Programmer' });
    await disconnect('KEEP_MANUAL', second.id);
    await edit(id, { title: 'Mine' });
    await (await reconnect()).post('/Users', ada);
    expect(await read(id)).toMatchObject({ title: 'Countess' });
  });

  test('DY3 gives access again to whom DEACTIVATE took it from', async () => {
    await company();
    const id = idOf(await entra.post('/Users', ada));
    await disconnect('DEACTIVATE');
    const next = await reconnect();
    expect(idOf(await next.post('/Users', ada))).toBe(id);
    expect(await read(id)).toMatchObject({ status: 'ACTIVE' });
  });

  test('DY3 takes people back by a bulk, where others speak of them before', async () => {
    await company();
    const id = idOf(await entra.post('/Users', ada));
    await disconnect('KEEP_MANUAL');
    const next = await reconnect();
    const { status, body } = await next.post('/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        {
          method: 'POST',
          path: '/Groups',
          bulkId: 'g',
          data: { displayName: 'New', members: [{ value: 'bulkId:u' }] },
        },
        { method: 'POST', path: '/Users', bulkId: 'u', data: ada },
      ],
    });
    expect(status).toBe(200);
    expect(body.Operations).toMatchObject([{ status: '201' }, { status: '201' }]);
    const { data } = await ask('query ($id: ID!) { user(id: $id) { teams { nodes { name } } } }', { id });
    expect(data.user.teams.nodes).toEqual([{ name: 'New' }]);
  });

  test('DY3 counts them in its sync run as adopted', async () => {
    await company();
    await entra.post('/Users', ada);
    await disconnect('KEEP_MANUAL');
    const next = await hub.newDirectory(tenant.id);
    await scimClient(next).post('/Users', ada);
    await expect
      .poll(
        async () =>
          (
            await ask('query ($id: ID!) { directory(id: $id) { syncRuns { nodes { created adopted } } } }', {
              id: next.id,
            })
          ).data.directory.syncRuns.nodes,
      )
      .toEqual([{ created: 0, adopted: 1 }]);
  });
});
