import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOf } from '../../attacks/support/state.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { oauthDirectory } from '../../support/oauth-client.ts';
import { statementsOf } from '../statements.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const GUID = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';
const trust = { tenantId: GUID, audience: `api://${GUID}`, subject: GUID };
const OAUTH =
  'oauth { clientId tokenUrl secrets { id prefix createdAt expiresAt lastUsedAt revokedAt } federation { tenantId audience subject createdAt lastUsedAt } }';

test('a directory tells what its provider must be given to sign in by OAuth', async () => {
  const oauth = await oauthDirectory(hub);
  const { data } = await oauth.ask(`query ($id: ID!) { directory(id: $id) { ${OAUTH} } }`, { id: oauth.clientId });
  expect(data.directory.oauth).toEqual({
    clientId: oauth.clientId,
    tokenUrl: `${hub.url}/oauth/token`,
    secrets: [],
    federation: null,
  });
});

test('A9 a client secret is shown once, lives for a year, and is found by its id', async () => {
  const oauth = await oauthDirectory(hub);
  const { id, secret } = await oauth.newSecret();
  const { data, text } = await oauth.ask(
    `query ($id: ID!, $secret: ID!) { directory(id: $id) { ${OAUTH} } node(id: $secret) { __typename id }
      events { nodes { name changes { key from to } } } }`,
    { id: oauth.clientId, secret: id },
  );
  const [listed] = data.directory.oauth.secrets;
  expect(secret.startsWith(`${listed.prefix}_`)).toBe(true);
  expect(Date.parse(listed.expiresAt) - Date.parse(listed.createdAt)).toBe(365 * 86_400_000);
  expect(data.node).toEqual({ __typename: 'ClientSecret', id });
  expect(text).not.toContain(secret.slice(-30));
});

test('a revoked client secret stays in the list with its end, and leaves an event', async () => {
  const oauth = await oauthDirectory(hub);
  const { id } = await oauth.newSecret();
  await oauth.revoke(id);
  const { data } = await oauth.ask(`query ($id: ID!) { directory(id: $id) { ${OAUTH} } }`, { id: oauth.clientId });
  expect(data.directory.oauth.secrets).toMatchObject([{ id, revokedAt: expect.any(String) }]);
  const [revoked] = await eventsOf(hub, oauth.tenant.id, 'directory.secret.revoked');
  expect(revoked!.changes).toEqual([{ key: 'clientSecret', from: id, to: null }]);
});

test('a federation is set, replaced and removed, each with an event of what changed', async () => {
  const oauth = await oauthDirectory(hub);
  await oauth.trust(trust);
  await oauth.trust({ ...trust, audience: 'api://other' });
  const { data } = await oauth.ask(`query ($id: ID!) { directory(id: $id) { ${OAUTH} } }`, { id: oauth.clientId });
  expect(data.directory.oauth.federation).toMatchObject({ ...trust, audience: 'api://other', lastUsedAt: null });
  await oauth.distrust();
  const after = await oauth.ask('query ($id: ID!) { directory(id: $id) { oauth { federation { subject } } } }', {
    id: oauth.clientId,
  });
  expect(after.data.directory.oauth.federation).toBeNull();
  const events = await eventsOf(hub, oauth.tenant.id);
  const federation = events.filter(({ name }) => name.startsWith('directory.federation'));
  expect(federation.map(({ name, changes }) => [name, changes[1]])).toEqual([
    ['directory.federation.set', { key: 'audience', from: null, to: trust.audience }],
    ['directory.federation.set', { key: 'audience', from: trust.audience, to: 'api://other' }],
    ['directory.federation.removed', { key: 'audience', from: 'api://other', to: null }],
  ]);
});

test.each([
  ['tenantId', 'common'],
  ['tenantId', `${GUID}/../${GUID}`],
  ['tenantId', 'https://login.microsoftonline.com'],
  ['audience', ''],
  ['audience', 'https://hub.example'],
  ['audience', 'api://with space'],
  ['audience', `api://${'x'.repeat(300)}`],
  ['audience', 'api://\u0000'],
  ['subject', 'ada@contoso.com'],
])('a federation whose %s is %j is refused, and the field is named', async (field, value) => {
  const oauth = await oauthDirectory(hub);
  const { data } = await oauth.ask(
    'mutation ($id: ID!, $federation: FederationInput!) { done: setFederation(directory: $id, federation: $federation) { directory { id } problems { code path message } } }',
    { id: oauth.clientId, federation: { ...trust, [field]: value } },
  );
  expect(data.done).toEqual({
    directory: null,
    problems: [{ code: 'INVALID_INPUT', path: ['federation', field], message: expect.stringContaining(field) }],
  });
});

test('everything wrong with a federation is said at once', async () => {
  const oauth = await oauthDirectory(hub);
  const { data } = await oauth.ask(
    'mutation ($id: ID!) { done: setFederation(directory: $id, federation: { tenantId: "x", audience: "x", subject: "x" }) { problems { path } } }',
    { id: oauth.clientId },
  );
  expect(data.done.problems).toHaveLength(3);
});

test('an audience is kept as assertions carry it, though Entra shows it with the scope behind', async () => {
  const oauth = await oauthDirectory(hub);
  await oauth.trust({ ...trust, audience: ` ${trust.audience}/.default ` });
  const { data } = await oauth.ask('query ($id: ID!) { directory(id: $id) { oauth { federation { audience } } } }', {
    id: oauth.clientId,
  });
  expect(data.directory.oauth.federation).toEqual({ audience: trust.audience });
});

test.each([
  ['createClientSecret(directory: "dir_x")', 'NOT_FOUND', 'id'],
  ['createClientSecret(directory: "DIR", expiresAt: "2001-01-01T00:00:00Z")', 'INVALID_INPUT', 'expiresAt'],
  ['createClientSecret(directory: "DIR", expiresAt: "2999-01-01T00:00:00Z")', 'INVALID_INPUT', 'expiresAt'],
  ['revokeClientSecret(id: "DIR")', 'NOT_FOUND', 'id'],
  ['removeFederation(directory: "DIR")', 'NOT_FOUND', 'directory'],
])('%s is refused as data', async (command, code, field) => {
  const oauth = await oauthDirectory(hub);
  const { data } = await oauth.ask(
    `mutation { done: ${command.replace('DIR', oauth.clientId)} { problems { code path } } }`,
  );
  expect(data.done.problems).toEqual([{ code, path: [field] }]);
});

test('a token is not revoked as a client secret, nor the other way round', async () => {
  const oauth = await oauthDirectory(hub);
  const { id } = await oauth.newSecret();
  const { data } = await oauth.ask('query ($id: ID!) { directory(id: $id) { tokens { id } } }', { id: oauth.clientId });
  const [{ id: token }] = data.directory.tokens;
  const crossed = await oauth.ask(
    `mutation { a: revokeClientSecret(id: "${token.replace('key_', 'sec_')}") { problems { code } }
      b: revokeDirectoryToken(id: "${id.replace('sec_', 'key_')}") { problems { code } } }`,
  );
  expect(crossed.data).toEqual({ a: { problems: [{ code: 'NOT_FOUND' }] }, b: { problems: [{ code: 'NOT_FOUND' }] } });
});

test('A41 a disconnected directory gets neither client secret nor federation, and may lose what it had', async () => {
  const oauth = await oauthDirectory(hub);
  const { id } = await oauth.newSecret();
  await oauth.trust(trust);
  await hub.running.database.session(oauth.tenant.id, (session) =>
    session.ask({ text: `update directories set state = 'DISCONNECTED'`, values: [] }),
  );
  await expect(oauth.newSecret()).rejects.toThrow('NOT_ALLOWED');
  await expect(oauth.trust(trust)).rejects.toThrow('NOT_ALLOWED');
  await oauth.revoke(id);
  await oauth.distrust();
});

test('many directories are told of in as many statements as one', async () => {
  const oauth = await oauthDirectory(hub);
  await oauth.newSecret();
  const query = () => oauth.ask('{ directories { id tokens { id } oauth { secrets { id } federation { subject } } } }');
  const one = await statementsOf(query);
  for (let index = 0; index < 5; index++) await hub.newDirectory(oauth.tenant.id);
  expect((await statementsOf(query)).length).toBe(one.length);
});
