import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopes } from '../../src/domain/actor.ts';
import { type Hub, startHub, type Tenant } from '../support/hub.ts';
import { type Ask, askAs, bodyOf } from './ask.ts';
import { newProvisioning } from './provision.ts';

let hub: Hub;
let mine: Tenant;
let ask: Ask;
let foreign: Record<string, string>;
let own: Record<string, string>;

const unknown: Record<string, string> = {
  user: 'usr_01k00000000000000000000000',
  team: 'team_01k00000000000000000000000',
  directory: 'dir_01k00000000000000000000000',
  group: 'grp_01k00000000000000000000000',
  token: 'key_01k00000000000000000000000',
  key: 'key_01k00000000000000000000001',
  secret: 'sec_01k00000000000000000000000',
  event: 'evt_00000000000zg000000000zzzz',
};

const GUID = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';
const TRUST = `tenantId: "${GUID}", audience: "api://${GUID}", subject: "${GUID}"`;

const CANARY = 'canary-of-the-other-tenant';

async function fill(tenant: Tenant, word: string): Promise<Record<string, string>> {
  const asTenant = askAs(hub, tenant.key);
  const provisioning = await newProvisioning(hub, tenant.id);
  const values = { displayName: word, email: `${word}@x.example` };
  const user = await provisioning.user({ userName: word, externalId: word, values });
  const { group, team } = await provisioning.group(word, [user]);
  const { data } = await asTenant(
    `query ($id: ID!) { directory(id: $id) { tokens { id } } user: users(first: 1) { nodes { history { nodes { id } } } } }`,
    { id: provisioning.id },
  );
  const key = await asTenant(`mutation { createApiKey(name: "${word}", scopes: []) { id } }`);
  const secret = await asTenant(
    `mutation { createClientSecret(directory: "${provisioning.id}") { clientSecret { id } } }`,
  );
  return {
    user,
    team,
    directory: provisioning.id,
    group,
    token: data.directory.tokens[0].id,
    key: key.data.createApiKey.id,
    secret: secret.data.createClientSecret.clientSecret.id,
    event: data.user.nodes[0].history.nodes[0].id,
  };
}

beforeAll(async () => {
  hub = await startHub();
  mine = await hub.newTenant();
  ask = askAs(hub, mine.key);
  own = await fill(mine, 'mine');
  foreign = await fill(await hub.newTenant(), CANARY);
});
afterAll(() => hub.stop());

/** Every operation that takes an id, with the id as `$x` of that kind. */
const operations: [string, string][] = [
  ...['user', 'team', 'directory', 'group', 'token', 'key', 'secret', 'event'].map((kind): [string, string] => [
    kind,
    'query ($x: ID!, $text: String) { node(id: $x) { __typename id } }',
  ]),
  ['user', 'query ($x: ID!) { user(id: $x) { id userName teams { nodes { id } } } }'],
  ['team', 'query ($x: ID!) { team(id: $x) { id name members { nodes { id } } } }'],
  ['directory', 'query ($x: ID!) { directory(id: $x) { id name tokens { id } } }'],
  ['team', 'query ($x: ID!) { users(where: { team: $x }) { totalCount nodes { id } } }'],
  ['directory', 'query ($x: ID!) { users(where: { directory: $x }) { totalCount nodes { id } } }'],
  ['user', 'query ($x: ID!) { teams(where: { member: $x }) { totalCount nodes { id } } }'],
  ['directory', `query ($x: ID!) { userBy(externalId: "${CANARY}", directory: $x) { id } }`],
  [
    'user',
    'mutation ($x: ID!) { updateUser(id: $x, input: { title: "t" }, ifVersion: 1) { user { id } problems { code message path } } }',
  ],
  [
    'user',
    'mutation ($x: ID!) { releaseUserFields(id: $x, keys: ["title"]) { user { id } problems { code message path } } }',
  ],
  ['user', 'mutation ($x: ID!) { deactivateUser(id: $x) { user { id } problems { code message path } } }'],
  ['user', 'mutation ($x: ID!) { activateUser(id: $x) { user { id } problems { code message path } } }'],
  ['user', 'mutation ($x: ID!) { deleteUser(id: $x) { deletedId problems { code message path } } }'],
  [
    'team',
    'mutation ($x: ID!) { updateTeam(id: $x, name: "n", ifVersion: 1) { team { id } problems { code message path } } }',
  ],
  ['team', 'mutation ($x: ID!) { deleteTeam(id: $x) { deletedId problems { code message path } } }'],
  [
    'team',
    'mutation ($x: ID!) { addTeamMembers(id: $x, users: ["OWN_USER"]) { team { id } problems { code message path } } }',
  ],
  [
    'team',
    'mutation ($x: ID!) { removeTeamMembers(id: $x, users: ["OWN_USER"]) { team { id } problems { code message path } } }',
  ],
  [
    'user',
    'mutation ($x: ID!) { addTeamMembers(id: "OWN_TEAM", users: [$x]) { team { id } problems { code message path } } }',
  ],
  [
    'user',
    'mutation ($x: ID!) { removeTeamMembers(id: "OWN_TEAM", users: [$x]) { team { id } problems { code message path } } }',
  ],
  ['directory', 'mutation ($x: ID!) { createDirectoryToken(directory: $x) { secret problems { code message path } } }'],
  ['directory', 'mutation ($x: ID!) { rotateDirectoryToken(directory: $x) { secret problems { code message path } } }'],
  ['token', 'mutation ($x: ID!) { revokeDirectoryToken(id: $x) { token { id } problems { code message path } } }'],
  [
    'directory',
    'query ($x: ID!) { directory(id: $x) { oauth { clientId secrets { id } federation { tenantId audience subject } } } }',
  ],
  ['directory', 'mutation ($x: ID!) { createClientSecret(directory: $x) { secret problems { code message path } } }'],
  [
    'secret',
    'mutation ($x: ID!) { revokeClientSecret(id: $x) { clientSecret { id } problems { code message path } } }',
  ],
  [
    'directory',
    `mutation ($x: ID!) { setFederation(directory: $x, federation: { ${TRUST} }) { problems { code message path } } }`,
  ],
  ['directory', 'mutation ($x: ID!) { removeFederation(directory: $x) { problems { code message path } } }'],
  ['key', 'mutation ($x: ID!) { revokeApiKey(id: $x) { deletedId problems { code message path } } }'],
  [
    'directory',
    'mutation ($x: ID!) { setFieldRules(rules: [{ key: "title", sourceOfTruth: USER, directories: [$x] }]) { usersChanged problems { code message path } } }',
  ],
];

describe('A2 an id of another tenant is answered byte for byte like one that names nothing', () => {
  test.each(operations)('%s: %s', async (kind, query) => {
    const text = query.replace('OWN_USER', own.user!).replace('OWN_TEAM', own.team!);
    const theirs = await ask(text, { x: foreign[kind] });
    const nothing = await ask(text, { x: unknown[kind] });
    expect(theirs.status).toBe(nothing.status);
    // What is left of the caller's own points is another number after each request.
    const told = (answer: string, id: string) => answer.replaceAll(id, 'ID').replace(/"available":\d+/, '');
    expect(told(theirs.text, foreign[kind]!)).toBe(told(nothing.text, unknown[kind]!));
  });

  test('nothing of the other tenant changed, and its own ids still work for it', async () => {
    const { data } = await ask('query ($x: ID!) { user(id: $x) { userName } }', { x: own.user });
    expect(data.user.userName).toBe('mine');
  });
});

test('A21 A56 no list, search or count holds anything of another tenant', async () => {
  const { text, data } = await ask(`{
    users(first: 100) { totalCount nodes { id userName displayName } }
    found: users(where: { userName: { contains: "canary" } }) { totalCount nodes { id } }
    byName: userBy(userName: "${CANARY}") { id }
    byMail: userBy(email: "${CANARY}@x.example") { id }
    teams(first: 100) { totalCount nodes { id name memberCount } }
    directories { id groups { totalCount nodes { id displayName } } }
    events(first: 100) { nodes { name subjectId changes { key from to } } }
  }`);
  expect(data.users.totalCount).toBe(1);
  expect(data.teams.totalCount).toBe(1);
  expect(data.found.totalCount).toBe(0);
  for (const id of Object.values(foreign)) expect(text).not.toContain(id);
  expect(text.replaceAll(`"${CANARY}`, '')).not.toContain(CANARY);
});

test('A14 the tenant follows from the key, whatever the request names', async () => {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${mine.key}`,
      'x-tenant': 'other',
      'x-tenant-id': 'other',
      'x-forwarded-host': 'other.example',
    },
    body: JSON.stringify({
      query: '{ users { nodes { userName } } directories { scimBaseUrl } }',
      tenant: 'other',
      tenantId: 'other',
    }),
  });
  const { data } = await bodyOf(response);
  expect(data).toEqual({
    users: { nodes: [{ userName: 'mine' }] },
    directories: [{ scimBaseUrl: `${hub.url}/scim/v2` }],
  });
});

describe('a key may do what its scopes say, and nothing else', () => {
  const reads: [string, string, string][] = [
    ['users:read', '{ user(id: "usr_01k00000000000000000000000") { id } }', 'user'],
    ['users:read', '{ userBy(userName: "x") { id } }', 'userBy'],
    ['users:read', '{ users { nodes { id } } }', 'users'],
    ['users:read', '{ stakeholders { totalCount } }', 'stakeholders'],
    ['users:read', '{ node(id: "usr_01k00000000000000000000000") { id } }', 'node'],
    ['users:read', '{ fieldRules { version } }', 'fieldRules'],
    ['users:read', '{ fieldDefinitions { key } }', 'fieldDefinitions'],
    ['users:read', '{ fieldRulesProgress { done } }', 'fieldRulesProgress'],
    ['rules:write', '{ previewFieldRules(preset: HYBRID) { token } }', 'previewFieldRules'],
    ['teams:read', '{ team(id: "team_01k00000000000000000000000") { id } }', 'team'],
    ['teams:read', '{ teams { totalCount } }', 'teams'],
    ['directories:read', '{ directories { id } }', 'directories'],
    ['directories:read', '{ directory(id: "dir_01k00000000000000000000000") { id } }', 'directory'],
    ['directories:read', '{ node(id: "grp_01k00000000000000000000000") { id } }', 'node'],
    ['events:read', '{ events { nodes { id } } }', 'events'],
    ['events:read', '{ node(id: "evt_00000000000zg000000000zzzz") { id } }', 'node'],
  ];
  const writes: [string, string][] = [
    ['users:write', 'createUser(input: { userName: "x" })'],
    ['users:write', 'updateUser(id: "x", input: {})'],
    ['users:write', 'releaseUserFields(id: "x", keys: [])'],
    ['users:write', 'deactivateUser(id: "x")'],
    ['users:write', 'activateUser(id: "x")'],
    ['users:write', 'deleteUser(id: "x")'],
    ['teams:write', 'createTeam(name: "x")'],
    ['teams:write', 'updateTeam(id: "x")'],
    ['teams:write', 'deleteTeam(id: "x")'],
    ['teams:write', 'addTeamMembers(id: "x", users: [])'],
    ['teams:write', 'removeTeamMembers(id: "x", users: [])'],
    ['rules:write', 'setFieldRules(preset: HYBRID)'],
    ['rules:write', 'applyFieldRules(token: "x")'],
    ['directories:write', 'createDirectory(input: { name: "x", preset: CUSTOM })'],
    ['directories:write', 'createDirectoryToken(directory: "x")'],
    ['directories:write', 'rotateDirectoryToken(directory: "x")'],
    ['directories:write', 'revokeDirectoryToken(id: "x")'],
    ['directories:write', 'createClientSecret(directory: "x")'],
    ['directories:write', 'revokeClientSecret(id: "x")'],
    ['directories:write', `setFederation(directory: "x", federation: { ${TRUST} })`],
    ['directories:write', 'removeFederation(directory: "x")'],
    ['keys:write', 'createApiKey(name: "x", scopes: [])'],
    ['keys:write', 'revokeApiKey(id: "x")'],
  ];
  const without = (scope: string) =>
    scopes.filter(
      (held) =>
        (held !== scope && held !== 'rules:write') ||
        (held === 'rules:write' && scope !== 'users:read' && scope !== 'rules:write'),
    );

  test.each(reads)('without %s: %s', async (scope, query, field) => {
    const { data, errors } = await askAs(hub, await hub.newKey(mine.id, without(scope)))(query);
    expect(errors![0]!.extensions.code).toBe('NOT_ALLOWED');
    expect(data?.[field] ?? null).toBeNull();
    const allowed = await askAs(hub, await hub.newKey(mine.id, [scope as 'users:read']))(query);
    expect(allowed.errors).toBeUndefined();
  });

  test.each(writes)('A8 without %s: %s', async (scope, command) => {
    const key = await hub.newKey(mine.id, without(scope));
    const { data } = await askAs(hub, key)(`mutation { done: ${command} { problems { code message } } }`);
    expect(data.done.problems).toEqual([
      { code: 'NOT_ALLOWED', message: `This needs the scope ${scope}, which test does not hold.` },
    ]);
  });

  test('A27 nobody grants a scope that they do not hold', async () => {
    const key = await hub.newKey(mine.id, ['keys:write']);
    const { data } = await askAs(
      hub,
      key,
    )('mutation { createApiKey(name: "x", scopes: ["users:read"]) { secret problems { code path } } }');
    expect(data.createApiKey).toEqual({ secret: null, problems: [{ code: 'NOT_ALLOWED', path: ['scopes'] }] });
  });

  test('lists inside of what may be read take their own scope', async () => {
    const key = await hub.newKey(mine.id, ['users:read']);
    const { data, errors } = await askAs(hub, key)(
      'query ($id: ID!) { user(id: $id) { userName links { directory { id } } } }',
      { id: own.user },
    );
    expect(data.user).toBeNull();
    expect(errors![0]).toMatchObject({ extensions: { code: 'NOT_ALLOWED' } });
  });

  test('who may write but not read gets the command done and no person back', async () => {
    const key = await hub.newKey(mine.id, ['users:write']);
    const { data, errors } = await askAs(
      hub,
      key,
    )('mutation { createUser(input: { userName: "blind" }) { user { id } problems { code } } }');
    expect(data.createUser).toEqual({ user: null, problems: [] });
    expect(errors![0]!.extensions.code).toBe('NOT_ALLOWED');
    expect((await ask('{ userBy(userName: "blind") { userName } }')).data.userBy.userName).toBe('blind');
  });

  test('viewerCanEdit is false for a key that may not write', async () => {
    const key = await hub.newKey(mine.id, ['users:read']);
    const query = 'query ($id: ID!) { user(id: $id) { fields(keys: ["title"]) { viewerCanEdit } } }';
    expect((await askAs(hub, key)(query, { id: own.user })).data.user.fields).toEqual([{ viewerCanEdit: false }]);
  });
});

describe('people who are out of sight', () => {
  test('DELETED people are listed only to those who may erase, and only when named; by id only admins see them', async () => {
    const made = await ask('mutation { createUser(input: { userName: "gone" }) { user { id } } }');
    const { id } = made.data.createUser.user;
    await ask('mutation ($id: ID!) { deleteUser(id: $id) { deletedId } }', { id });
    const listed = '{ users(where: { status: [DELETED] }) { nodes { id status } } }';
    expect((await ask(listed)).data.users.nodes).toEqual([{ id, status: 'DELETED' }]);
    expect((await ask('{ users(where: { not: { status: [ACTIVE] } }) { nodes { id } } }')).data.users.nodes).toEqual(
      [],
    );
    const named = 'query ($id: ID!) { user(id: $id) { id } node(id: $id) { id } }';
    expect((await ask(named, { id })).data).toEqual({ user: { id }, node: { id } });
    const product = askAs(hub, await hub.newKey(mine.id, ['users:read', 'users:write']));
    expect((await product(named, { id })).data).toEqual({ user: null, node: null });
    expect((await product(listed)).errors![0]!.extensions.code).toBe('NOT_ALLOWED');
  });

  test('SE2 hidden people are seen by admins who ask, and by no product', async () => {
    const made = await ask('mutation { createUser(input: { userName: "hidden" }) { user { id } } }');
    const { id } = made.data.createUser.user;
    await hub.running.database.session(mine.id, (session) =>
      session.ask({
        text: `update users set visible = false where tenant_id = $1 and user_name = 'hidden'`,
        values: [mine.id],
      }),
    );
    const names = async (as: Ask, where: string) =>
      (await as(`{ users(first: 100${where}) { nodes { userName } } }`)).data?.users.nodes.map(
        (node: { userName: string }) => node.userName,
      );
    expect(await names(ask, '')).not.toContain('hidden');
    expect(await names(ask, ', where: { visible: false }')).toEqual(['hidden']);
    const product = askAs(hub, await hub.newKey(mine.id, ['users:read', 'users:write']));
    expect(await names(product, ', where: { not: { visible: true } }')).toBeUndefined();
    const query = 'query ($id: ID!) { user(id: $id) { id } node(id: $id) { id } userBy(userName: "hidden") { id } }';
    expect((await product(query, { id })).data).toEqual({ user: null, node: null, userBy: null });
    expect((await ask(query, { id })).data.user).toEqual({ id });
  });
});
