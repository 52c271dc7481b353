import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { knock } from '../../attacks/support/knock.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { basic, JWT_BEARER, oauthDirectory, requestToken } from '../../support/oauth-client.ts';

let hub: Hub;
let oauth: Awaited<ReturnType<typeof oauthDirectory>>;
let secret: string;
beforeAll(async () => {
  hub = await startHub();
  oauth = await oauthDirectory(hub);
  secret = (await oauth.newSecret()).secret;
});
afterAll(() => hub?.stop());

const form = (more: Record<string, string>) => ({
  grant_type: 'client_credentials',
  client_id: oauth.clientId,
  client_secret: secret,
  ...more,
});

describe('a request for a token', () => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('by %s is 405 with Allow', async (method) => {
    const { status, headers } = await knock(hub.url, { method, path: '/oauth/token' });
    expect([status, headers.allow]).toEqual([405, 'POST']);
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['without a grant type', { grant_type: '' }, 400, 'invalid_request'],
    ['with another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['with a grant type in other letters', { grant_type: 'CLIENT_CREDENTIALS' }, 400, 'unsupported_grant_type'],
    ['with another scope', { scope: 'admin' }, 400, 'invalid_scope'],
    ['with one scope too many', { scope: 'scim admin' }, 400, 'invalid_scope'],
    ['without a client id', { client_id: '' }, 400, 'invalid_request'],
    ['without any proof', { client_secret: '' }, 401, 'invalid_client'],
    ['with another client id', { client_id: 'dir_01k00000000000000000000000' }, 401, 'invalid_client'],
    ['with a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    [
      'with a secret and an assertion',
      { client_assertion_type: JWT_BEARER, client_assertion: 'x' },
      400,
      'invalid_request',
    ],
    ['with a secret and half an assertion', { client_assertion_type: JWT_BEARER }, 400, 'invalid_request'],
    ['with an assertion of no type', { client_secret: '', client_assertion: 'x' }, 400, 'invalid_request'],
    [
      'with an assertion of another type',
      { client_secret: '', client_assertion: 'x', client_assertion_type: JWT_BEARER.replace('jwt', 'saml2') },
      400,
      'invalid_request',
    ],
    ['with no assertion', { client_secret: '', client_assertion_type: JWT_BEARER }, 400, 'invalid_request'],
  ])('%s is refused as RFC 6749 §5.2 says', async (_title, more, status, error) => {
    const answered = await requestToken(hub, form(more));
    expect([answered.status, answered.body.error]).toEqual([status, error]);
    expect(answered.body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(answered.headers.get('cache-control')).toBe('no-store');
    expect(answered.headers.get('www-authenticate')).toBeNull();
  });

  test('with an empty scope, an unknown parameter or a charset is taken', async () => {
    expect((await requestToken(hub, form({ scope: '', resource: 'x' }))).status).toBe(200);
    const type = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' };
    expect((await requestToken(hub, new URLSearchParams(form({})).toString(), type)).status).toBe(200);
  });

  test('with a parameter twice is invalid_request, whichever it is', async () => {
    for (const name of ['grant_type', 'client_id', 'client_secret', 'scope', 'other']) {
      const pairs: [string, string][] = [...Object.entries(form({ scope: 'scim', other: '' })), [name, 'scim']];
      const { status, body } = await requestToken(hub, pairs);
      expect([name, status, body.error]).toEqual([name, 400, 'invalid_request']);
    }
  });

  test('with HTTP Basic and a secret in the body, or another client id there, is invalid_request', async () => {
    const header = basic(oauth.clientId, secret);
    const forms: Record<string, string>[] = [{}, { client_secret: '', client_id: 'dir_x' }, { client_id: '' }];
    for (const more of forms) {
      const { status, body } = await requestToken(hub, form(more), header);
      expect([status, body.error]).toEqual([400, 'invalid_request']);
    }
  });

  test('with a wrong Basic header, or one that is not Basic, is 401 and told how', async () => {
    const grant = { grant_type: 'client_credentials' };
    for (const authorization of [
      basic(oauth.clientId, 'wrong').authorization,
      basic('nobody', secret).authorization,
      'Basic',
      'Basic !!!',
      'Basic OnNlY3JldA==',
      `Basic ${Buffer.from('%:%').toString('base64')}`,
      `Bearer ${oauth.directory.token}`,
    ]) {
      const { status, body, headers } = await requestToken(hub, grant, { authorization });
      expect([status, body.error, headers.get('www-authenticate')]).toEqual([
        401,
        'invalid_client',
        'Basic realm="oauth"',
      ]);
    }
  });

  test('in the address instead of the body is not read', async () => {
    const query = new URLSearchParams(form({})).toString();
    const response = await fetch(`${hub.url}/oauth/token?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, 'invalid_request']);
  });

  test.each([
    ['application/json', 415],
    ['text/plain', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/x-www-form-urlencoded; charset=utf-16', 415],
  ])('as %s is %d', async (type, status) => {
    const answered = await requestToken(hub, JSON.stringify(form({})), { 'content-type': type });
    expect([answered.status, answered.body.error]).toEqual([status, 'invalid_request']);
  });

  test('of more than 64 KiB is 413, and of bytes that are no text 400', async () => {
    expect((await requestToken(hub, `x=${'a'.repeat(70_000)}`)).status).toBe(413);
    const reply = await knock(hub.url, {
      method: 'POST',
      path: '/oauth/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from([0x61, 0x3d, 0xff]),
    });
    expect([reply.status, reply.json.error]).toEqual([400, 'invalid_request']);
  });

  test('is announced by SCIM discovery, next to the token', async () => {
    const response = await fetch(`${oauth.directory.scim}/ServiceProviderConfig`, {
      headers: { authorization: `Bearer ${oauth.directory.token}` },
    });
    const { authenticationSchemes } = (await response.json()) as { authenticationSchemes: { type: string }[] };
    expect(authenticationSchemes.map(({ type }) => type)).toEqual(['oauthbearertoken', 'oauth2']);
  });

  test('A55 at another spelling of the address finds nothing', async () => {
    for (const path of [
      '/oauth',
      '/oauth/',
      '/oauth/token/',
      '//oauth/token',
      '/OAuth/token',
      '/oauth/token;x',
      '/oauth%2ftoken',
    ])
      expect([path, (await knock(hub.url, { method: 'POST', path })).status]).toEqual([path, 404]);
  });
});
