import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { intruder } from './support/intruder.ts';
import { knock } from './support/knock.ts';

let hub: Hub;
let directory: TestDirectory;
let id: string;
beforeAll(async () => {
  hub = await startHub();
  directory = await hub.newDirectory();
  id = (await intruder(directory)('POST', '/Users', { userName: 'canary-ada' })).json.id;
});
afterAll(() => hub?.stop());

// Discovery is not among them: it is the same for all, and read before sign-in (RFC 7643 §5).
const places = () => [
  `/scim/v2/Users/${id}`,
  '/scim/v2/Users',
  '/scim/v2/Groups',
  '/scim/v2/Users/.search',
  '/scim/v2/.search',
  '/scim/v2',
  '/scim/v2/Me',
];

const tricks: Record<string, (path: string) => string> = {
  'as it is': (path) => path,
  'encoded slashes': (path) => `/${path.slice(1).replaceAll('/', '%2f')}`,
  'doubly encoded slashes': (path) => `/${path.slice(1).replaceAll('/', '%252F')}`,
  'one encoded slash': (path) => path.replace('/v2/', '%2Fv2/'),
  'a semicolon': (path) => `${path};x=1`,
  'a semicolon inside': (path) => path.replace('/v2/', ';/v2;a=b/'),
  'doubled slashes': (path) => path.replaceAll('/', '//'),
  'a slash before': (path) => `/${path}`,
  'a slash after': (path) => `${path}/`,
  'dots after': (path) => `${path}.`,
  'a suffix': (path) => `${path}.json`,
  'dot segments': (path) => path.replace('/scim', '/healthz/../scim'),
  'encoded dot segments': (path) => path.replace('/scim', '/healthz/%2e%2e/scim'),
  'dot segments inside': (path) => path.replace('/v2/', '/v2/./x/../'),
  'a way out of health': (path) => path.replace('/scim', '/healthz/..;/scim'),
  'a backslash': (path) => path.replaceAll('/', '\\').replace('\\', '/'),
  'upper case': (path) => path.toUpperCase(),
  'a capital letter': (path) => path.replace('/scim', '/Scim'),
  'an encoded letter': (path) => path.replace('/s', '/%73'),
  'an encoded letter inside': (path) => path.replace('/v2/', '/%76%32/'),
  'a NUL': (path) => `${path}%00`,
  'a space': (path) => `${path}%20`,
  'a tab before': (path) => `/%09${path.slice(1)}`,
  'a question mark': (path) => `${path}%3f`,
  'a hash': (path) => `${path}%23`,
  'a query in disguise': (path) => `/healthz?/..${path}`,
  'an overlong dot': (path) => path.replace('/v2/', '/%c0%ae%c0%ae/'),
  'another version': (path) => path.replace('/v2', '/v1'),
  'no version': (path) => path.replace('/v2', ''),
};

const credentials: Record<string, string[]>[] = [
  {},
  { Authorization: ['Bearer'] },
  { Authorization: ['Bearer null'] },
  { Cookie: ['token=x'] },
  { 'X-Api-Key': ['x'] },
  { 'X-Original-Authorization': ['Bearer x'] },
];

describe.each(Object.entries(tricks))('a path with %s', (_what, trick) => {
  test('A11 A55 opens nothing without a token: 401 or 404, never data', async () => {
    for (const place of places()) {
      for (const headers of credentials) {
        for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']) {
          const { status, text } = await knock(hub.url, { method, path: trick(place), headers });
          const isHealth = trick(place).startsWith('/healthz?');
          expect([method, trick(place), status]).toEqual([
            method,
            trick(place),
            expect.toBeOneOf(isHealth ? [200, 404] : [401, 404]),
          ]);
          expect(text).not.toContain('canary');
          expect(text).not.toContain('totalResults');
        }
      }
    }
  });

  test('A55 reaches with a token the same thing or nothing', async () => {
    const { status, json } = await knock(hub.url, {
      path: trick(`/scim/v2/Users/${id}`),
      headers: { Authorization: `Bearer ${directory.token}` },
    });
    if (trick('/x').startsWith('/healthz?')) return;
    expect([200, 404]).toContain(status);
    if (status === 200) expect(json.id).toBe(id);
  });
});

test('A55 the token is taken from the Authorization header and from nowhere else', async () => {
  const { token } = directory;
  const query = `?access_token=${token}&token=${token}&authorization=Bearer%20${token}`;
  const headers = { Cookie: `access_token=${token}`, 'X-Api-Key': token, 'Proxy-Authorization': `Bearer ${token}` };
  expect((await knock(hub.url, { path: `/scim/v2/Users${query}`, headers })).status).toBe(401);
  const twice = { Authorization: [`Bearer ${token}`, `Bearer ${token}`] as never };
  expect((await knock(hub.url, { path: '/scim/v2/Users', headers: twice })).status).toBe(401);
  for (const header of [`Bearer ${token} `, ` Bearer ${token}`, `Bearer  ${token}`]) {
    expect([200, 401]).toContain(
      (await knock(hub.url, { path: '/scim/v2/Users', headers: { Authorization: header } })).status,
    );
  }
  for (const header of [
    `Bearer ${token},x`,
    `Bearer ${token} x`,
    `Bearer\t${token}`,
    `Basic ${token}`,
    `Bearer ${token.toUpperCase()}`,
  ]) {
    const { status, headers } = await knock(hub.url, { path: '/scim/v2/Users', headers: { Authorization: header } });
    expect([header.replace(token, '…'), status, headers['www-authenticate']]).toEqual([
      expect.any(String),
      401,
      expect.stringContaining('Bearer'),
    ]);
  }
});
