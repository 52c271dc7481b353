import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopes } from '../../src/domain/actor.ts';
import { type Call, run } from '../../src/domain/command.ts';
import { newSecret, readSecret } from '../../src/domain/credentials/secret.ts';
import {
  createDirectoryToken,
  revokeDirectoryToken,
  rotateDirectoryToken,
} from '../../src/domain/directories/directory-tokens.ts';
import { uuidOf, wireId } from '../../src/domain/ids.ts';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const status = async (url: string, authorization?: string) =>
  (await fetch(url, { headers: authorization === undefined ? {} : { authorization } })).status;
const adminOf = (tenantId: string): Call => ({
  actor: {
    kind: 'key',
    tenantId,
    id: wireId('key', tenantId),
    label: 'test',
    scopes: new Set(scopes),
    directoryId: null,
  },
  requestId: 'test',
});
const users = ({ scim }: TestDirectory) => `${scim}/Users`;

describe('a directory token', () => {
  test('A10 an absent, empty, null or half-formed bearer is 401 with WWW-Authenticate', async () => {
    const directory = await hub.newDirectory();
    for (const header of [
      undefined,
      'Bearer',
      'Bearer ',
      'Bearer null',
      'Bearer undefined',
      'Basic Og==',
      directory.token,
    ]) {
      const response = await fetch(users(directory), {
        headers: header === undefined ? {} : { authorization: header },
      });
      expect([header, response.status, response.headers.get('www-authenticate')?.slice(0, 6)]).toEqual([
        header,
        401,
        'Bearer',
      ]);
    }
  });

  test('a secret with one character changed is refused, with and without a right checksum', async () => {
    const directory = await hub.newDirectory();
    const other = directory.token.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    expect(await status(users(directory), `Bearer ${other}`)).toBe(401);
    expect(await status(users(directory), `Bearer ${newSecret('scim').secret}`)).toBe(401);
  });

  test('the scheme is read in any case, and the right token is let in', async () => {
    const directory = await hub.newDirectory();
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect(await status(users(directory), `${scheme} ${directory.token}`)).toBe(200);
    }
  });

  test('the admin key may be any text, in UTF-8 or in Latin-1', async () => {
    for (const header of [hub.adminKey, Buffer.from(hub.adminKey).toString('latin1')]) {
      const answer = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${header}`, 'content-type': 'application/json' },
        body: '{"query":"{ viewer { kind } }"}',
      });
      expect(answer.status).toBe(200);
    }
  });

  test('an API key does not open SCIM, and the admin key neither', async () => {
    const { id, key } = await hub.newTenant();
    const directory = await hub.newDirectory(id);
    expect(await status(users(directory), `Bearer ${key}`)).toBe(401);
    expect(await status(users(directory), `Bearer ${hub.adminKey}`)).toBe(401);
  });

  test('DS3 a dump of the database holds no secret', async () => {
    const { token } = await hub.newDirectory();
    const { keyId } = readSecret(token)!;
    expect(token).toContain(keyId);
    const rows = await hub.running.database.transaction('00000000-0000-0000-0000-000000000000', async (session) => {
      await session.ask({ text: `select set_config('app.key_id', $1, true)`, values: [keyId] });
      return session.ask<{ row: string }>({
        text: 'select row_to_json(c)::text as row from credentials c',
        values: [],
      });
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]!.row).not.toContain(token.split('_')[3]!);
  });

  test('a rotation without overlap ends the old token, and 401 says that the token is the reason', async () => {
    const { id: tenantId } = await hub.newTenant();
    const directory = await hub.newDirectory(tenantId);
    const { secret } = await run(hub.running.hub, adminOf(tenantId), rotateDirectoryToken, {
      directory: directory.id,
      overlapSeconds: 0,
    });
    expect(await status(users(directory), `Bearer ${directory.token}`)).toBe(401);
    expect(await status(users(directory), `Bearer ${secret}`)).toBe(200);
    const ask = async (headers: Record<string, string>) =>
      (await fetch(users(directory), { headers })).headers.get('www-authenticate');
    expect(await ask({ authorization: `Bearer ${directory.token}` })).toBe(
      'Bearer realm="scim", error="invalid_token"',
    );
    expect(await ask({})).toBe('Bearer realm="scim"');
  });

  test('a token that has ended by itself is 401, the one beside it lives', async () => {
    const { id: tenantId } = await hub.newTenant();
    const directory = await hub.newDirectory(tenantId);
    const soon = new Date(Date.now() + 60_000).toISOString();
    const input = { directory: directory.id, expiresAt: soon };
    const { credential, secret } = await run(hub.running.hub, adminOf(tenantId), createDirectoryToken, input);
    await hub.running.database.session(tenantId, (session) =>
      session.ask({ text: 'update credentials set expires_at = now() where id = $1', values: [credential.id] }),
    );
    expect(await status(users(directory), `Bearer ${secret}`)).toBe(401);
    expect(await status(users(directory), `Bearer ${directory.token}`)).toBe(200);
  });

  test('DS3 after a rotation both tokens live in the overlap, and a revoked one is refused within a second', async () => {
    const { id: tenantId } = await hub.newTenant();
    const directory = await hub.newDirectory(tenantId);
    const call = adminOf(tenantId);
    const input = { directory: directory.id, overlapSeconds: 60 };
    const { credential, secret } = await run(hub.running.hub, call, rotateDirectoryToken, input);
    expect(uuidOf('dir', directory.id)).toBe(credential.directoryId);
    expect(await status(users(directory), `Bearer ${directory.token}`)).toBe(200);
    expect(await status(users(directory), `Bearer ${secret}`)).toBe(200);
    await run(hub.running.hub, call, revokeDirectoryToken, { id: wireId('key', credential.id) });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await status(users(directory), `Bearer ${secret}`)).toBe(401);
    expect(await status(users(directory), `Bearer ${directory.token}`)).toBe(200);
  });
});

describe('a refusal', () => {
  test('C1 of a directory leaves an event that says what and why, and none of the values', async () => {
    const { id: tenantId } = await hub.newTenant();
    const { scim, token } = await hub.newDirectory(tenantId);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
    await fetch(`${scim}/Users`, { method: 'POST', headers, body: '{"displayName":"kept secret"}' });
    await fetch(`${scim}/Users/usr_00000000000000000000000000`, { headers });
    const events = await hub.running.database.session(tenantId, (session) =>
      session.ask<{ changes: { key: string; to: unknown }[] }>({
        text: `select changes from events where name = 'request.refused' order by seq`,
        values: [],
      }),
    );
    const said = events.map(({ changes }) => Object.fromEntries(changes.map(({ key, to }) => [key, to])));
    expect(said).toEqual([
      { request: 'POST /scim/v2/Users', code: 'invalidValue', path: ['userName'] },
      { request: 'GET /scim/v2/Users/usr_00000000000000000000000000', code: '404', path: ['id'] },
    ]);
    expect(JSON.stringify(events)).not.toContain('kept secret');
  });
});
