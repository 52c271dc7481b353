import fc from 'fast-check';
import { exportSPKI, generateKeyPair, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newSecret } from '../../src/domain/credentials/secret.ts';
import { execute } from '../support/copy-database.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { type Issuer, startIssuer } from '../support/issuer.ts';
import { basic, JWT_BEARER, oauthDirectory, requestToken } from '../support/oauth-client.ts';
import { databaseOf, ownerOf } from './support/database.ts';
import { intruder } from './support/intruder.ts';
import { knock } from './support/knock.ts';

let hub: Hub;
let issuer: Issuer;
/** Another issuer, which the hub was never told of. */
let stranger: Issuer;
const printed: string[] = [];
beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    vi.spyOn(stream, 'write').mockImplementation(((text: string, ...rest: never[]) => {
      printed.push(String(text));
      return write(text, ...rest);
    }) as never);
  }
  issuer = await startIssuer();
  stranger = await startIssuer();
  hub = await startHub(issuer.url);
});
afterAll(async () => {
  await hub?.stop();
  await issuer?.stop();
  await stranger?.stop();
  vi.restoreAllMocks();
});

const GRANT = { grant_type: 'client_credentials' };

const federated = async () => {
  const oauth = await oauthDirectory(hub);
  const trust = issuer.newTrust();
  await oauth.trust(trust);
  return { oauth, trust };
};

describe('without a secret', () => {
  test('A10 an empty, null or missing one opens nothing', async () => {
    const oauth = await oauthDirectory(hub);
    await oauth.newSecret();
    for (const secret of ['', ' ', 'null', 'undefined', '\0', 'rollcall_client_']) {
      const { status, body } = await oauth.bySecret(secret);
      expect([secret, status, body.error]).toEqual([secret, 401, 'invalid_client']);
      const header = { authorization: `Basic ${Buffer.from(`${oauth.clientId}:${secret}`).toString('base64')}` };
      expect((await requestToken(hub, GRANT, header)).status).toBe(401);
    }
    const twice = await knock(hub.url, {
      method: 'POST',
      path: '/oauth/token',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: [basic('a', 'b').authorization, basic('c', 'd').authorization] as never,
      },
      body: 'grant_type=client_credentials',
    });
    expect(twice.status).toBe(401);
  });

  test('A11 a client that nobody knows is refused before anything else, whatever its name is', async () => {
    const { trust } = await federated();
    const assertion = await issuer.assertion(trust);
    for (const client_id of [
      '..',
      '%2e%2e',
      'tnt_x',
      `dir_${'0'.repeat(26)}`,
      "' or 1=1 --",
      '\0',
      'x'.repeat(9_000),
    ]) {
      const secret = await requestToken(hub, { ...GRANT, client_id, client_secret: newSecret('client').secret });
      const proof = { client_assertion_type: JWT_BEARER, client_assertion: assertion };
      const asserted = await requestToken(hub, { ...GRANT, client_id, ...proof });
      expect([client_id, secret.status, asserted.status]).toEqual([client_id, 401, 401]);
    }
  });
});

test('A13 a secret of one tenant opens no directory of another, and its token sees nothing of it', async () => {
  const [one, two] = [await oauthDirectory(hub), await oauthDirectory(hub)];
  const { secret } = await one.newSecret();
  expect((await two.bySecret(secret)).status).toBe(401);
  const made = await intruder(two.directory)('POST', '/Users', { userName: 'theirs' });
  const { body } = await one.bySecret(secret);
  const send = intruder({ ...one.directory, token: String(body.access_token) });
  expect((await send('GET', `/Users/${made.json.id}`)).status).toBe(404);
  expect((await send('GET', '/Users')).json.totalResults).toBe(0);
});

test('A13 a secret of another directory of the same tenant opens only its own', async () => {
  const oauth = await oauthDirectory(hub);
  const other = await hub.newDirectory(oauth.tenant.id);
  const { secret } = await oauth.newSecret();
  expect((await oauth.bySecret(secret, { client_id: other.id })).status).toBe(401);
});

test('A19 a token that Entra really made for another tenant is refused, with a client id and without', async () => {
  const { oauth, trust } = await federated();
  const foreign = await issuer.assertion({ ...trust, tenantId: crypto.randomUUID() });
  expect((await oauth.byAssertion(foreign)).status).toBe(401);
  expect((await oauth.byAssertion(foreign, {})).status).toBe(401);
  const mixed = await issuer.assertion(trust, { tid: crypto.randomUUID() });
  expect((await oauth.byAssertion(mixed)).status).toBe(401);
  expect((await oauth.byAssertion(mixed, {})).status).toBe(401);
});

test('A50 A51 an unknown client, an unknown secret, a changed one and a revoked one are answered alike', async () => {
  const oauth = await oauthDirectory(hub);
  const { secret } = await oauth.newSecret();
  const revoked = await oauth.newSecret();
  await oauth.revoke(revoked.id);
  const answers = [
    await oauth.bySecret(newSecret('client').secret),
    await oauth.bySecret(revoked.secret),
    await oauth.bySecret(secret.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))),
    await oauth.bySecret(secret, { client_id: `dir_${'0'.repeat(26)}` }),
    await oauth.byAssertion('x.y.z'),
    await oauth.byAssertion('x.y.z', {}),
  ];
  const seen = answers.map(({ status, body, headers }) =>
    JSON.stringify([status, body, [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name))]),
  );
  expect(new Set(seen).size).toBe(1);
});

describe('A52 a forged assertion is refused:', () => {
  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  type Trust = ReturnType<Issuer['newTrust']>;
  const spki = async () => exportSPKI((await importJWK(issuer.jwk(), 'RS256')) as never);
  const hs256 = async (trust: Trust, key: string) =>
    issuer.assertion(trust, {}, { alg: 'HS256' }, new TextEncoder().encode(key));
  const unsigned = async (trust: Trust, alg: string) => {
    const [, payload] = (await issuer.assertion(trust)).split('.');
    return `${json({ alg, kid: issuer.jwk().kid })}.${payload}.`;
  };
  const foreign = async (trust: Trust, header: object) => {
    const iss = `${issuer.url}/${trust.tenantId}/v2.0`;
    return stranger.assertion(trust, { iss }, { kid: issuer.jwk().kid, ...header });
  };

  test.each<[string, (trust: Trust) => Promise<string>]>([
    ['alg none', (trust) => unsigned(trust, 'none')],
    ['alg None', (trust) => unsigned(trust, 'None')],
    ['alg RS256 and no signature', (trust) => unsigned(trust, 'RS256')],
    ['HS256 with the public key as PEM', async (trust) => hs256(trust, await spki())],
    ['HS256 with the PEM and white space', async (trust) => hs256(trust, ` ${await spki()}\n`)],
    ['HS256 with the public key as JWK', (trust) => hs256(trust, JSON.stringify(issuer.jwk()))],
    ['HS256 with the modulus', (trust) => hs256(trust, issuer.jwk().n!)],
    [
      'PS256 with the right key pair of another algorithm',
      async (trust) => {
        const { privateKey } = await generateKeyPair('PS256');
        return issuer.assertion(trust, {}, { alg: 'PS256' }, privateKey);
      },
    ],
    ['a key of its own under a known kid', (trust) => foreign(trust, {})],
    ['a key of its own, brought along as jwk', (trust) => foreign(trust, { jwk: stranger.jwk() })],
    ['jku', (trust) => foreign(trust, { jku: `${stranger.url}/keys` })],
    ['jku and its kid', (trust) => foreign(trust, { jku: `${stranger.url}/keys`, kid: stranger.jwk().kid })],
    ['x5u', (trust) => foreign(trust, { x5u: `${stranger.url}/cert` })],
    ['x5c', (trust) => foreign(trust, { x5c: [Buffer.from('x').toString('base64')] })],
    ['no kid', (trust) => issuer.assertion(trust, {}, { kid: undefined })],
    ['crit', (trust) => issuer.assertion(trust, {}, { crit: ['urn:example:unknown'], 'urn:example:unknown': 1 })],
    ['an issuer of its own', (trust) => stranger.assertion(trust)],
    [
      'other claims under the same signature',
      async (trust) => {
        const [header, , signature] = (await issuer.assertion(trust)).split('.');
        const [, payload] = (await issuer.assertion(trust, { exp: 4e9 })).split('.');
        return `${header}.${payload}.${signature}`;
      },
    ],
    ['an encrypted one', async () => `${json({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.x.x.x.x`],
    ['claims nested too deep', async () => `${json({ alg: 'RS256', kid: 'x' })}.${deep()}.x`],
    ['a header nested too deep', async () => `${deep()}.${json({})}.x`],
    ['nothing at all', async () => '..'],
  ])('%s', async (_title, forge) => {
    const { oauth, trust } = await federated();
    const assertion = await forge(trust);
    for (const more of [{ client_id: oauth.clientId }, {}] as Record<string, string>[]) {
      const { status, body } = await oauth.byAssertion(assertion, more);
      expect([status, body.error]).toEqual([401, 'invalid_client']);
    }
    expect(stranger.asked).toEqual([]);
  });

  const deep = () => Buffer.from(`{"iss":${'['.repeat(15_000)}${']'.repeat(15_000)}}`).toString('base64url');
});

test('A43 no address in an assertion or a trust leads the hub anywhere but to the keys of a tenant', async () => {
  const { oauth, trust } = await federated();
  issuer.asked.length = 0;
  for (const iss of [stranger.url, `${issuer.url}/../x/v2.0`, `${issuer.url}@127.0.0.1/${trust.tenantId}/v2.0`]) {
    await oauth.byAssertion(await issuer.assertion(trust, { iss }));
    await oauth.byAssertion(await issuer.assertion(trust, { iss }), {});
  }
  expect(issuer.asked.filter((address) => address !== `/${trust.tenantId}/discovery/v2.0/keys`)).toEqual([]);
  expect(stranger.asked).toEqual([]);
});

test('A53 no secret, token or assertion reaches an answer, a log, an event, a row or a metric', async () => {
  const { oauth, trust } = await federated();
  const { secret } = await oauth.newSecret();
  const assertion = await issuer.assertion(trust);
  const token = String((await oauth.bySecret(secret)).body.access_token);
  const asserted = String((await oauth.byAssertion(assertion)).body.access_token);
  const answers = [
    await oauth.bySecret(secret, { client_id: 'dir_x' }),
    await oauth.bySecret(secret, { scope: secret }),
    await oauth.bySecret(secret, { grant_type: secret }),
    await oauth.bySecret(secret, { client_assertion: assertion, client_assertion_type: secret }),
    await oauth.byAssertion(`${assertion}x`),
    await oauth.byAssertion(await issuer.assertion(trust, { aud: secret })),
    await requestToken(hub, [...Object.entries(GRANT), [secret, secret], [secret, token]]),
    await requestToken(hub, secret, { 'content-type': secret }),
    await requestToken(hub, GRANT, { authorization: `Bearer ${token}` }),
    await requestToken(hub, GRANT, basic(secret, secret)),
  ].map(({ body, headers }) => JSON.stringify([body, [...headers]]));
  const paths = [
    await knock(hub.url, { method: 'POST', path: `/oauth/token?client_secret=${secret}&x=${assertion}` }),
    await knock(hub.url, { path: `/oauth/${token}` }),
  ].map(({ text }) => text);
  issuer.behave((response) => response.writeHead(500).end());
  const away = await oauth.byAssertion(await issuer.assertion(trust, {}, { kid: 'unknown' }));
  issuer.behave(null);
  const dump = await hub.running.database.session(oauth.tenant.id, async (session) => {
    const rows: string[] = [];
    for (const table of ['events', 'credentials', 'directories', 'directory_federations'])
      for (const { row } of await session.ask<{ row: string }>({
        text: `select to_jsonb(t)::text as row from ${table} t`,
        values: [],
      }))
        rows.push(row);
    return rows;
  });
  const metrics = (await knock(hub.url, { path: '/metrics' })).text;
  const everything = [...answers, ...paths, JSON.stringify(away.body), ...dump, metrics, ...hub.log, ...printed].join(
    '\n',
  );
  const [, payload, signature] = assertion.split('.');
  for (const canary of [secret.split('_')[3]!, token.split('_')[3]!, asserted.split('_')[3]!, payload!, signature!])
    expect(everything.includes(canary)).toBe(false);
});

test('A53 a failure inside is answered as OAuth says, without what failed, and logged without what was sent', async () => {
  const oauth = await oauthDirectory(hub);
  const { secret } = await oauth.newSecret();
  const url = await databaseOf(hub);
  const before = hub.log.length;
  await execute(url, `alter table credentials add constraint no_more check (kind <> 'ACCESS_TOKEN') not valid`);
  const { status, body } = await oauth.bySecret(secret);
  await execute(url, 'alter table credentials drop constraint no_more');
  expect([status, body.error]).toEqual([500, 'server_error']);
  expect(JSON.stringify(body)).not.toMatch(/credentials|constraint|relation|\.ts|node_modules/i);
  expect(hub.log.slice(before).join('\n')).not.toContain(secret.split('_')[3]!);
  expect((await oauth.bySecret(secret)).status).toBe(200);
});

test('a database that breaks off is 503 with Retry-After, as OAuth says it', async () => {
  const oauth = await oauthDirectory(hub);
  const { secret } = await oauth.newSecret();
  const owner = await ownerOf(hub);
  await owner.ask('begin; lock table credentials in access exclusive mode');
  let isOver = false;
  const asked = oauth.bySecret(secret).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await owner.ask(
      `select pg_cancel_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await owner.ask('rollback');
  await owner.close();
  const { status, body, headers } = await asked;
  expect([status, body.error, headers.get('retry-after')]).toEqual([503, 'temporarily_unavailable', '5']);
});

test('any form whatever is answered with 200, 4xx or 503, as RFC 6749 says', async () => {
  const { oauth, trust } = await federated();
  const assertion = await issuer.assertion(trust);
  const [header, payload, signature] = assertion.split('.');
  const name = fc.constantFrom(
    'grant_type',
    'client_id',
    'client_secret',
    'client_assertion',
    'client_assertion_type',
    'scope',
    '__proto__',
  );
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('client_credentials', 'scim', JWT_BEARER, oauth.clientId, assertion, newSecret('client').secret),
    fc
      .tuple(fc.constantFrom(header!, ''), fc.base64String(), fc.constantFrom(signature!, ''))
      .map((all) => all.join('.')),
    fc.json().map((claims) => `${header}.${Buffer.from(claims).toString('base64url')}.${signature}`),
    fc.json().map((head) => `${Buffer.from(head).toString('base64url')}.${payload}.${signature}`),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, part), { maxLength: 6 }), fc.boolean(), async (pairs, isReal) => {
      const form = isReal ? [...Object.entries({ ...GRANT, client_assertion_type: JWT_BEARER }), ...pairs] : pairs;
      const { status, body } = await requestToken(hub, form as [string, string][]);
      expect([200, 400, 401, 503]).toContain(status);
      if (status !== 200) expect(Object.keys(body)).toEqual(['error', 'error_description']);
    }),
    { numRuns: 500 },
  );
});
