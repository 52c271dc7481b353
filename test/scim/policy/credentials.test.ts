import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownerOf } from '../../attacks/support/database.ts';
import { type Ask, askAs } from '../../graphql/ask.ts';
import { type Hub, startHub, type TestDirectory } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

/** What Test Connection asks. */
const probe = (directory: TestDirectory) => scimClient(directory).find('/Users', `userName eq "${randomUUID()}"`);

/** Sign-in goes by what it has read for a second at most. */
const secondOfSignIn = () => pause(1100);

const TOKENS = 'token { id prefix } secret problems { message }';
const newToken = async (ask: Ask, id: string) =>
  (await ask(`mutation ($id: ID!) { createDirectoryToken(directory: $id) { ${TOKENS} } }`, { id })).data
    .createDirectoryToken;
const rotate = async (ask: Ask, id: string) => {
  const { data } = await ask(
    `mutation ($id: ID!) { rotateDirectoryToken(directory: $id, overlapSeconds: 60) { ${TOKENS} } }`,
    { id },
  );
  return data.rotateDirectoryToken;
};
const end = (tenantId: string, secret: string) =>
  hub.running.database.session(tenantId, (session) =>
    session.ask({
      text: `update credentials set expires_at = now() where $1 like '%' || key_id || '%'`,
      values: [secret],
    }),
  );

test('C2 Test Connection asks for somebody who cannot exist, and is answered 200 with an empty list', async () => {
  const { status, body, headers } = await probe(await hub.newDirectory());
  expect([status, headers.get('content-type')]).toEqual([200, 'application/scim+json; charset=utf-8']);
  expect(body).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 0,
    startIndex: 1,
    itemsPerPage: 0,
    Resources: [],
  });
});

test('C2 Test Connection with a wrong, an expired or a revoked token is 401, and told which kind of token it takes', async () => {
  const { id: tenantId, key } = await hub.newTenant();
  const ask = askAs(hub, key);
  const directory = await hub.newDirectory(tenantId);
  const expired = (await newToken(ask, directory.id)).secret;
  await end(tenantId, expired);
  const revoked = await newToken(ask, directory.id);
  const revoke = 'mutation ($id: ID!) { revokeDirectoryToken(id: $id) { problems { message } } }';
  await ask(revoke, { id: revoked.token.id });
  await secondOfSignIn();
  for (const token of ['wrong', `${directory.token}x`, expired, revoked.secret]) {
    const { status, body, headers } = await probe({ ...directory, token });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="scim", error="invalid_token"']);
    expect(body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401' });
  }
  expect((await probe(directory)).status).toBe(200);
});

test('C11 the token of a directory works on when the key that made it is revoked', async () => {
  const { key: admin } = await hub.newTenant();
  const ask = askAs(hub, admin);
  const make = `mutation { createApiKey(name: "creator", scopes: ["directories:read", "directories:write"]) { id secret } }`;
  const creator = (await ask(make)).data.createApiKey;
  const byCreator = askAs(hub, creator.secret);
  const connect = 'mutation { createDirectory(input: { name: "Entra", preset: CUSTOM }) { directory { id } } }';
  const { id } = (await byCreator(connect)).data.createDirectory.directory;
  const { secret: token } = await newToken(byCreator, id);
  const client = scimClient({ id, token, scim: `${hub.url}/scim/v2` });
  await ask('mutation ($id: ID!) { revokeApiKey(id: $id) { problems { message } } }', { id: creator.id });
  await secondOfSignIn();
  expect((await byCreator('{ viewer { kind } }')).status).toBe(401);
  expect((await client.post('/Users', { userName: 'ada' })).status).toBe(201);
});

test('DS3 after a rotation Entra may use both tokens, and after the overlap the old one is 401', async () => {
  const { id: tenantId, key } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId);
  const renewed = { ...directory, token: (await rotate(askAs(hub, key), directory.id)).secret };
  for (const one of [directory, renewed, directory]) expect((await probe(one)).status).toBe(200);
  await end(tenantId, directory.token);
  await secondOfSignIn();
  expect([(await probe(directory)).status, (await probe(renewed)).status]).toEqual([401, 200]);
});

test('DY14 no secret that was ever shown is in a dump of the database', async () => {
  const { id: tenantId, key } = await hub.newTenant();
  const ask = askAs(hub, key);
  const directory = await hub.newDirectory(tenantId);
  const client = `mutation ($id: ID!) { createClientSecret(directory: $id) { secret } }`;
  const { secret } = (await ask(client, { id: directory.id })).data.createClientSecret;
  const granted = await fetch(`${hub.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: directory.id, client_secret: secret }),
  });
  const { access_token: access } = (await granted.json()) as { access_token: string };
  const rotated = (await rotate(ask, directory.id)).secret;
  await probe({ ...directory, token: access });
  await probe({ ...directory, token: rotated });
  const dump = await dumped();
  expect(dump).toContain(directory.token.split('_')[2]);
  for (const shown of [directory.token, key, secret, access, rotated]) {
    expect(dump).not.toContain(shown);
    expect(dump).not.toContain(shown.split('_').at(-1)!.slice(0, 20));
  }
});

/** Every row of every table, as text. */
async function dumped(): Promise<string> {
  const owner = await ownerOf(hub);
  try {
    const tables = (await owner.ask(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    )) as { name: string }[];
    expect(tables.length).toBeGreaterThan(15);
    const rows: unknown[] = [];
    for (const { name } of tables) rows.push(...(await owner.ask(`select t::text as row from ${name} t`)));
    return JSON.stringify(rows);
  } finally {
    await owner.close();
  }
}
