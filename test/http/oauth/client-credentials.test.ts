import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseOf } from '../../attacks/support/database.ts';
import { eventsOf } from '../../attacks/support/state.ts';
import { execute } from '../../support/copy-database.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { basic, oauthDirectory, requestToken, untilForgotten } from '../../support/oauth-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const GRANT = { grant_type: 'client_credentials' };

describe('a client secret', () => {
  test('A14 in the body brings an access token that opens SCIM for an hour', async () => {
    const oauth = await oauthDirectory(hub);
    const { secret } = await oauth.newSecret();
    const { status, body, headers } = await oauth.bySecret(secret, { scope: 'scim' });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^rollcall_access_/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'scim',
    });
    expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(await oauth.scim(body.access_token)).toBe(200);
  });

  test('A14 in HTTP Basic does the same, with the client id in the body or not', async () => {
    const oauth = await oauthDirectory(hub);
    const { secret } = await oauth.newSecret();
    const plain = basic(oauth.clientId, secret);
    const encoded = `${oauth.clientId}:${secret}`.replaceAll('_', '%5F');
    for (const [headers, form] of [
      [plain, GRANT],
      [plain, { ...GRANT, client_id: oauth.clientId }],
      [{ authorization: plain.authorization.replace('Basic', 'bASIC') }, GRANT],
      [{ authorization: `Basic ${Buffer.from(encoded).toString('base64')}` }, GRANT],
    ] as const) {
      const { status, body } = await requestToken(hub, form, headers);
      expect([status, await oauth.scim(body.access_token)]).toEqual([200, 200]);
    }
  });

  test('A14 several live at once, and each ends alone', async () => {
    const oauth = await oauthDirectory(hub);
    const [one, two] = [await oauth.newSecret(), await oauth.newSecret()];
    await oauth.revoke(one.id);
    expect((await oauth.bySecret(one.secret)).status).toBe(401);
    expect((await oauth.bySecret(two.secret)).status).toBe(200);
  });

  test('ends by itself, and no access token outlives it', async () => {
    const oauth = await oauthDirectory(hub);
    const { secret } = await oauth.newSecret(new Date(Date.now() + 100_000).toISOString());
    const { body } = await oauth.bySecret(secret);
    expect(body.expires_in).toBeGreaterThan(0);
    expect(body.expires_in).toBeLessThanOrEqual(100);
    await execute(await databaseOf(hub), `update credentials set expires_at = now() where kind = 'CLIENT_SECRET'`);
    expect((await oauth.bySecret(secret)).body.error).toBe('invalid_client');
  });

  test('opens the token endpoint only: as a bearer it is 401 in SCIM and GraphQL', async () => {
    const oauth = await oauthDirectory(hub);
    const { secret } = await oauth.newSecret();
    expect(await oauth.scim(secret)).toBe(401);
    const { status } = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: '{"query":"{ viewer { kind } }"}',
    });
    expect(status).toBe(401);
  });

  test('is not any other secret: a directory token, an access token and an API key prove no client', async () => {
    const oauth = await oauthDirectory(hub);
    const { secret } = await oauth.newSecret();
    const { body } = await oauth.bySecret(secret);
    for (const other of [oauth.directory.token, String(body.access_token), oauth.tenant.key, hub.adminKey])
      expect((await oauth.bySecret(other)).status).toBe(401);
  });
});

describe('an access token', () => {
  test('ends within a second when its secret is revoked, and those of other secrets live on', async () => {
    const oauth = await oauthDirectory(hub);
    const [one, two] = [await oauth.newSecret(), await oauth.newSecret()];
    const [ended, living] = [await oauth.bySecret(one.secret), await oauth.bySecret(two.secret)];
    expect(await oauth.scim(ended.body.access_token)).toBe(200);
    await oauth.revoke(one.id);
    await untilForgotten();
    expect(await oauth.scim(ended.body.access_token)).toBe(401);
    expect(await oauth.scim(living.body.access_token)).toBe(200);
    expect(await oauth.scim(oauth.directory.token)).toBe(200);
  });

  test('A15 ends within a second when its directory is disconnected, and no new one is given out', async () => {
    const oauth = await oauthDirectory(hub);
    const { secret } = await oauth.newSecret();
    const { body } = await oauth.bySecret(secret);
    await hub.running.database.session(oauth.tenant.id, (session) =>
      session.ask({ text: `update directories set state = 'DISCONNECTED'`, values: [] }),
    );
    expect((await oauth.bySecret(secret)).body.error).toBe('unauthorized_client');
    expect(await oauth.scim(body.access_token)).toBe(401);
  });

  test('that has ended is 401, and goes away when the next one is made', async () => {
    const oauth = await oauthDirectory(hub);
    const { secret } = await oauth.newSecret();
    const { body } = await oauth.bySecret(secret);
    await hub.running.database.session(oauth.tenant.id, (session) =>
      session.ask({ text: `update credentials set expires_at = now() where kind = 'ACCESS_TOKEN'`, values: [] }),
    );
    expect(await oauth.scim(body.access_token)).toBe(401);
    await oauth.bySecret(secret);
    expect(await accessTokens(oauth.tenant.id)).toBe(1);
  });

  test('survives a rotation of the directory tokens', async () => {
    const oauth = await oauthDirectory(hub);
    const { secret } = await oauth.newSecret();
    const { body } = await oauth.bySecret(secret);
    await oauth.ask(
      `mutation { rotateDirectoryToken(directory: "${oauth.clientId}", overlapSeconds: 0) { problems { code } } }`,
    );
    await untilForgotten();
    expect(await oauth.scim(body.access_token)).toBe(200);
    expect((await oauth.bySecret(secret)).status).toBe(200);
    expect(await oauth.scim(oauth.directory.token)).toBe(401);
  });

  test('is one of a hundred at most: beyond that the oldest ends', async () => {
    const oauth = await oauthDirectory(hub);
    const { secret } = await oauth.newSecret();
    const first = await oauth.bySecret(secret);
    for (let round = 0; round < 10; round++)
      await Promise.all(Array.from({ length: 10 }, () => oauth.bySecret(secret)));
    // Those that are made at the same moment do not see each other; the next one does.
    await oauth.bySecret(secret);
    expect(await accessTokens(oauth.tenant.id)).toBe(100);
    expect(await oauth.scim(first.body.access_token)).toBe(401);
  });

  test('never comes of a secret that is revoked at the same moment', async () => {
    const oauth = await oauthDirectory(hub);
    for (let round = 0; round < 10; round++) {
      const { id, secret } = await oauth.newSecret();
      await Promise.all([
        ...Array.from({ length: 4 }, () => oauth.bySecret(secret)),
        oauth.revoke(id),
        ...Array.from({ length: 4 }, () => oauth.bySecret(secret)),
      ]);
    }
    expect(await accessTokens(oauth.tenant.id)).toBe(0);
  });

  test('leaves an event that names secret and token by id, and is in no list of tokens', async () => {
    const oauth = await oauthDirectory(hub);
    const { id, secret } = await oauth.newSecret();
    await oauth.bySecret(secret);
    const [issued] = await eventsOf(hub, oauth.tenant.id, 'directory.token.issued');
    expect(issued!.changes).toEqual([
      { key: 'accessToken', from: null, to: expect.stringMatching(/^key_/) },
      { key: 'proof', from: null, to: id },
    ]);
    const { data } = await oauth.ask(
      'query ($id: ID!, $token: ID!) { directory(id: $id) { tokens { prefix } oauth { secrets { id } } } node(id: $token) { id } }',
      { id: oauth.clientId, token: issued!.changes[0]!.to },
    );
    expect(data.directory.tokens).toEqual([{ prefix: expect.stringMatching(/^rollcall_scim_/) }]);
    expect(data.directory.oauth.secrets).toEqual([{ id }]);
    expect(data.node).toBeNull();
  });
});

const accessTokens = async (tenantId: string): Promise<number> => {
  const rows = await hub.running.database.session(tenantId, (session) =>
    session.ask({ text: `select 1 from credentials where kind = 'ACCESS_TOKEN'`, values: [] }),
  );
  return rows.length;
};
