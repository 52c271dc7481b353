import type { ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOf } from '../../attacks/support/state.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { type Issuer, startIssuer } from '../../support/issuer.ts';
import { oauthDirectory, untilForgotten } from '../../support/oauth-client.ts';

let hub: Hub;
let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
  hub = await startHub(issuer.url);
});
afterAll(async () => {
  await hub?.stop();
  await issuer?.stop();
});

const federated = async () => {
  const oauth = await oauthDirectory(hub);
  const trust = issuer.newTrust();
  await oauth.trust(trust);
  return { oauth, trust };
};
const seconds = () => Math.floor(Date.now() / 1000);

describe('an assertion of the service principal that the directory trusts', () => {
  test('A15 brings an access token that opens SCIM, with the client id and without it', async () => {
    const { oauth, trust } = await federated();
    const ways: Record<string, string>[] = [{ client_id: oauth.clientId, scope: 'scim' }, {}];
    for (const more of ways) {
      const { status, body, headers } = await oauth.byAssertion(await issuer.assertion(trust), more);
      expect([status, body.token_type, body.scope, headers.get('cache-control')]).toEqual([
        200,
        'Bearer',
        'scim',
        'no-store',
      ]);
      expect(await oauth.scim(body.access_token)).toBe(200);
    }
  });

  test('A15 brings a token that ends no later than the assertion, and none that outlives an hour', async () => {
    const { oauth, trust } = await federated();
    const short = await oauth.byAssertion(await issuer.assertion(trust, { exp: seconds() + 100 }));
    expect(short.body.expires_in).toBeLessThanOrEqual(100);
    expect(short.body.expires_in).toBeGreaterThan(0);
    const [row] = await hub.running.database.session(oauth.tenant.id, (session) =>
      session.ask<{ life: number }>({
        text: `select extract(epoch from expires_at - created_at)::int as life from credentials where kind = 'ACCESS_TOKEN'`,
        values: [],
      }),
    );
    expect(row!.life).toBeLessThanOrEqual(100);
    const long = await oauth.byAssertion(await issuer.assertion(trust, { exp: seconds() + 20_000 }));
    expect(long.body.expires_in).toBe(3600);
  });

  test('may be shown again while it lives: it brings no longer life', async () => {
    const { oauth, trust } = await federated();
    const assertion = await issuer.assertion(trust, { jti: 'once', exp: seconds() + 60 });
    expect((await oauth.byAssertion(assertion)).status).toBe(200);
    expect((await oauth.byAssertion(assertion)).body.expires_in).toBeLessThanOrEqual(60);
  });

  test('is read with a clock that is up to a minute off, but one that has ended brings nothing', async () => {
    const { oauth, trust } = await federated();
    const early = await issuer.assertion(trust, { nbf: seconds() + 50, iat: seconds() + 50 });
    expect((await oauth.byAssertion(early)).status).toBe(200);
    const late = await oauth.byAssertion(await issuer.assertion(trust, { exp: seconds() - 50 }));
    expect([late.status, late.body.error]).toEqual([401, 'invalid_client']);
  });

  test('leaves an event that says by what the token came', async () => {
    const { oauth, trust } = await federated();
    await oauth.byAssertion(await issuer.assertion(trust));
    const [issued] = await eventsOf(hub, oauth.tenant.id, 'directory.token.issued');
    expect(issued!.changes[1]).toMatchObject({ key: 'proof', to: 'federation' });
  });

  test('is signed with a new key after Entra has rotated', async () => {
    const { oauth, trust } = await federated();
    await issuer.rotate();
    expect((await oauth.byAssertion(await issuer.assertion(trust))).status).toBe(200);
  });
});

describe('an assertion that does not fit is invalid_client', () => {
  const ago = (past: number) => Math.floor(Date.now() / 1000) - past;
  test.each<[string, () => JWTPayload, string]>([
    ['of another tenant', () => ({ iss: `${issuer.url}/${crypto.randomUUID()}/v2.0` }), 'iss'],
    ['of the older issuer', () => ({ iss: `https://sts.windows.net/${crypto.randomUUID()}/` }), 'iss'],
    ['for another application', () => ({ aud: `api://${crypto.randomUUID()}` }), 'aud'],
    ['of another service principal', () => ({ sub: crypto.randomUUID() }), 'sub'],
    ['whose tid is another tenant', () => ({ tid: crypto.randomUUID() }), 'tid'],
    ['that never ends', () => ({ exp: undefined }), 'exp'],
    ['that has ended', () => ({ exp: ago(61) }), 'exp'],
    ['that does not hold yet', () => ({ nbf: ago(-120) }), 'nbf'],
    ['from the future', () => ({ iat: ago(-120) }), 'iat'],
    ['without an age', () => ({ iat: undefined }), 'iat'],
    ['older than a day', () => ({ iat: ago(25 * 3600) }), 'iat'],
    ['that lives longer than a day', () => ({ exp: ago(-30 * 3600) }), 'exp'],
    ['whose end is text', () => ({ exp: 'tomorrow' as never }), 'exp'],
  ])('A15 %s', async (_title, claims, claim) => {
    const { oauth, trust } = await federated();
    const { status, body } = await oauth.byAssertion(await issuer.assertion(trust, claims()));
    expect([status, body.error, body.access_token]).toEqual([401, 'invalid_client', undefined]);
    expect(body.error_description).toContain(`The ${claim} of the assertion`);
    const [refusal] = await eventsOf(hub, oauth.tenant.id, 'request.refused');
    expect(refusal!.changes.map(({ to }) => to)).toEqual([
      'POST /oauth/token',
      'invalid_client',
      ['client_assertion', claim],
    ]);
  });

  test('for several audiences', async () => {
    const { oauth, trust } = await federated();
    const assertion = await issuer.assertion(trust, { aud: [trust.audience, 'api://other'] });
    expect((await oauth.byAssertion(assertion)).status).toBe(401);
  });

  test('that fits another directory than the one the client names', async () => {
    const [one, two] = [await federated(), await federated()];
    const assertion = await issuer.assertion(one.trust);
    expect((await two.oauth.byAssertion(assertion)).status).toBe(401);
    expect((await one.oauth.byAssertion(assertion, { client_id: 'dir_x' })).status).toBe(401);
    expect((await one.oauth.byAssertion(assertion, { client_id: one.oauth.tenant.id })).status).toBe(401);
  });

  test('to a directory that trusts nobody', async () => {
    const oauth = await oauthDirectory(hub);
    expect((await oauth.byAssertion(await issuer.assertion(issuer.newTrust()))).status).toBe(401);
  });

  test('A19 without a client id, where two tenants of the hub trust the same principal; with it each is served', async () => {
    const { oauth, trust } = await federated();
    const other = await oauthDirectory(hub);
    await other.trust(trust);
    expect((await oauth.byAssertion(await issuer.assertion(trust), {})).status).toBe(401);
    for (const each of [oauth, other]) {
      const { body } = await each.byAssertion(await issuer.assertion(trust));
      expect(await each.scim(body.access_token)).toBe(200);
    }
  });

  test('without a client id, where two directories of one tenant trust the same principal', async () => {
    const { oauth, trust } = await federated();
    const other = await hub.newDirectory(oauth.tenant.id);
    const set = await oauth.ask(
      'mutation ($id: ID!, $federation: FederationInput!) { setFederation(directory: $id, federation: $federation) { problems { code } } }',
      { id: other.id, federation: trust },
    );
    expect(set.data.setFederation.problems).toEqual([]);
    const assertion = await issuer.assertion(trust);
    expect((await oauth.byAssertion(assertion, {})).status).toBe(401);
    for (const { id } of [oauth.directory, other])
      expect((await oauth.byAssertion(assertion, { client_id: id })).status).toBe(200);
  });

  test('leaves one event a minute for each reason, whoever knocks', async () => {
    const { oauth, trust } = await federated();
    for (let round = 0; round < 5; round++)
      await oauth.byAssertion(await issuer.assertion(trust, { sub: crypto.randomUUID() }));
    expect(await eventsOf(hub, oauth.tenant.id, 'request.refused')).toHaveLength(1);
  });
});

describe('the trust', () => {
  test('A15 that is taken away ends its access tokens within a second, and those of secrets live on', async () => {
    const { oauth, trust } = await federated();
    const assertion = await issuer.assertion(trust);
    const ended = await oauth.byAssertion(assertion);
    const living = await oauth.bySecret((await oauth.newSecret()).secret);
    expect(await oauth.scim(ended.body.access_token)).toBe(200);
    await oauth.distrust();
    expect((await oauth.byAssertion(assertion)).status).toBe(401);
    await untilForgotten();
    expect(await oauth.scim(ended.body.access_token)).toBe(401);
    expect(await oauth.scim(living.body.access_token)).toBe(200);
  });

  test('that is replaced ends the access tokens of the one before; set again as it is, nothing happens', async () => {
    const { oauth, trust } = await federated();
    const { body } = await oauth.byAssertion(await issuer.assertion(trust));
    await oauth.trust({ ...trust, tenantId: trust.tenantId.toUpperCase() });
    await untilForgotten();
    expect(await oauth.scim(body.access_token)).toBe(200);
    await oauth.trust({ ...trust, subject: crypto.randomUUID() });
    await untilForgotten();
    expect(await oauth.scim(body.access_token)).toBe(401);
    expect(await eventsOf(hub, oauth.tenant.id, 'directory.federation.set')).toHaveLength(2);
  });

  test('A15 of a disconnected directory is refused before any key is asked for', async () => {
    const { oauth, trust } = await federated();
    await hub.running.database.session(oauth.tenant.id, (session) =>
      session.ask({ text: `update directories set state = 'DISCONNECTED'`, values: [] }),
    );
    expect((await oauth.byAssertion(await issuer.assertion(trust))).status).toBe(401);
    expect(issuer.asked.filter((address) => address.includes(trust.tenantId))).toEqual([]);
  });

  test('is never won by a token that is made at the same moment', async () => {
    const { oauth, trust } = await federated();
    const assertion = await issuer.assertion(trust);
    await oauth.byAssertion(assertion);
    await Promise.all([
      ...Array.from({ length: 5 }, () => oauth.byAssertion(assertion)),
      oauth.distrust(),
      ...Array.from({ length: 5 }, () => oauth.byAssertion(assertion)),
    ]);
    const rows = await hub.running.database.session(oauth.tenant.id, (session) =>
      session.ask({ text: `select 1 from credentials where kind = 'ACCESS_TOKEN'`, values: [] }),
    );
    expect(rows).toEqual([]);
  });
});

describe('an issuer', () => {
  test.each<[string, Parameters<Issuer['behave']>[0]]>([
    ['that answers 500', (response) => response.writeHead(500).end()],
    ['that redirects', (response) => response.writeHead(302, { location: `${issuer.url}/elsewhere` }).end()],
    ['that answers no keys', (response) => response.end('{"keys":1}')],
    ['that answers no JSON', (response) => response.end('<html>')],
    ['that answers without end', (response) => response.end(`{"keys":[],"x":"${'x'.repeat(300_000)}"}`)],
    ['that hangs up', (response) => response.destroy()],
  ])('%s is 503 with Retry-After, and never 500', async (_title, behaviour) => {
    const { oauth, trust } = await federated();
    issuer.behave(behaviour);
    const { status, body, headers } = await oauth.byAssertion(await issuer.assertion(trust));
    issuer.behave(null);
    expect([status, body.error, headers.get('retry-after')]).toEqual([503, 'temporarily_unavailable', '5']);
    expect(issuer.asked).not.toContain('/elsewhere');
    expect(await eventsOf(hub, oauth.tenant.id, 'request.refused')).toEqual([]);
  });

  test('that keeps the hub waiting holds up nobody else, and is asked once by all who wait', async () => {
    const { oauth, trust } = await federated();
    const held: ServerResponse[] = [];
    issuer.behave((response) => held.push(response));
    issuer.asked.length = 0;
    const assertion = await issuer.assertion(trust);
    const waiting = Array.from({ length: 30 }, () => oauth.byAssertion(assertion));
    while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await oauth.scim(oauth.directory.token)).toBe(200);
    issuer.behave(null);
    held[0]!.end(JSON.stringify({ keys: [issuer.jwk()] }));
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(waiting.map(() => 200));
    expect(issuer.asked).toHaveLength(1);
  });

  test('that never answers is given up after five seconds', async () => {
    const { oauth, trust } = await federated();
    issuer.behave(() => {});
    const { status } = await oauth.byAssertion(await issuer.assertion(trust));
    issuer.behave(null);
    expect(status).toBe(503);
    expect(hub.log.at(-1)).toMatch(/^unavailable .*timeout/);
  });

  test('is asked at the address of the trusted tenant and at no other', async () => {
    const { oauth, trust } = await federated();
    issuer.asked.length = 0;
    await oauth.byAssertion(await issuer.assertion(trust));
    await oauth.byAssertion(await issuer.assertion(trust, { iss: `${issuer.url}/${crypto.randomUUID()}/v2.0` }));
    expect(issuer.asked).toEqual([`/${trust.tenantId}/discovery/v2.0/keys`]);
  });
});
