import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Ask, askAs } from '../ask.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
});
afterAll(() => hub.stop());

const TOKEN = 'token { id prefix createdAt expiresAt lastUsedAt revokedAt } secret problems { code path }';

const connect = async (name: string): Promise<string> => {
  const query =
    'mutation ($name: String!) { createDirectory(input: { name: $name, preset: DYNASEND }) { directory { id } problems { code path } } }';
  return (await ask(query, { name })).data.createDirectory.directory.id;
};

test('a directory is connected, and tells where its provider must write', async () => {
  const id = await connect('Entra of Acme');
  const { data } = await ask(
    'query ($id: ID!) { directory(id: $id) { id name preset state scimBaseUrl tokens { id } } node(id: $id) { __typename ... on Directory { name } } }',
    { id },
  );
  expect(data.directory).toEqual({
    id,
    name: 'Entra of Acme',
    preset: 'DYNASEND',
    state: 'ACTIVE',
    scimBaseUrl: `${hub.url}/scim/v2`,
    tokens: [],
  });
  expect(data.node).toEqual({ __typename: 'Directory', name: 'Entra of Acme' });
  const { data: refused } = await ask(
    'mutation { createDirectory(input: { name: " ", preset: CUSTOM }) { directory { id } problems { code path } } }',
  );
  expect(refused.createDirectory).toEqual({ directory: null, problems: [{ code: 'REQUIRED', path: ['name'] }] });
});

test('A9 a secret is shown once and by no later question', async () => {
  const id = await connect('Secrets');
  const made = await ask(`mutation ($id: ID!) { createDirectoryToken(directory: $id) { ${TOKEN} } }`, { id });
  const { token, secret, problems } = made.data.createDirectoryToken;
  expect(problems).toEqual([]);
  expect(secret.startsWith(`${token.prefix}_`)).toBe(true);
  expect(Date.parse(token.expiresAt) - Date.parse(token.createdAt)).toBe(365 * 86_400_000);
  const later = await ask(
    'query ($id: ID!) { directory(id: $id) { tokens { id prefix expiresAt revokedAt } } events { nodes { changes { from to } } } }',
    { id },
  );
  expect(later.data.directory.tokens).toHaveLength(1);
  expect(later.text).not.toContain(secret.slice(-30));
});

test('a rotation leaves the old token its overlap, and a revocation leaves nothing', async () => {
  const id = await connect('Rotation');
  await ask(`mutation ($id: ID!) { createDirectoryToken(directory: $id) { ${TOKEN} } }`, { id });
  const rotated = await ask(
    `mutation ($id: ID!) { rotateDirectoryToken(directory: $id, overlapSeconds: 60) { ${TOKEN} } }`,
    { id },
  );
  const fresh = rotated.data.rotateDirectoryToken.token;
  const { data } = await ask('query ($id: ID!) { directory(id: $id) { tokens { id expiresAt } } }', { id });
  const [first, second] = data.directory.tokens;
  expect(first.id).toBe(fresh.id);
  expect(Date.parse(second.expiresAt) - Date.now()).toBeLessThan(61_000);
  const ended = await ask(`mutation ($id: ID!) { revokeDirectoryToken(id: $id) { ${TOKEN} } }`, { id: fresh.id });
  expect(ended.data.revokeDirectoryToken).toMatchObject({
    secret: null,
    token: { id: fresh.id, revokedAt: expect.any(String) },
  });
});

test.each([
  ['createDirectoryToken(directory: "dir_x")', 'NOT_FOUND'],
  ['rotateDirectoryToken(directory: "DIR", overlapSeconds: -1)', 'INVALID_INPUT'],
  ['createDirectoryToken(directory: "DIR", expiresAt: "2001-01-01T00:00:00Z")', 'INVALID_INPUT'],
  ['revokeDirectoryToken(id: "DIR")', 'NOT_FOUND'],
])('%s is refused as data', async (command, code) => {
  const { data } = await ask(`mutation { done: ${command.replace('DIR', await connect('Refusals'))} { ${TOKEN} } }`);
  expect(data.done).toMatchObject({ token: null, secret: null, problems: [{ code }] });
});

test.each(['yesterday', '2026-13-01T00:00:00Z', '2026-01-01', '2026-01-01T00:00:00'])(
  '%s is no DateTime',
  async (expiresAt) => {
    const { status } = await ask(
      'mutation ($at: DateTime) { createApiKey(name: "x", scopes: [], expiresAt: $at) { id } }',
      { at: expiresAt },
    );
    expect(status).toBe(400);
  },
);
