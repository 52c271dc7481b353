import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';
import { intruder, operations } from './support/intruder.ts';
import { knock } from './support/knock.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

test('A21 every answer, good or bad, forbids to be kept or guessed at', async () => {
  const directory = await hub.newDirectory();
  const send = intruder(directory);
  const made = await send('POST', '/Users', { userName: 'ada' });
  const replies = [
    made,
    await send('GET', `/Users/${made.json.id}`),
    await send('GET', '/Users'),
    await send('GET', '/Schemas'),
    await send('PATCH', `/Users/${made.json.id}`, operations()),
    await send('POST', '/Users', { userName: 'ada' }),
    await send('POST', '/Users', '{'),
    await send('GET', '/nothing'),
    await send('DELETE', `/Users/${made.json.id}`),
    await knock(hub.url, { path: '/scim/v2/Users' }),
    await knock(hub.url, { path: '/' }),
    await knock(hub.url, { path: '/readyz' }),
    await knock(hub.url, { path: '/metrics' }),
  ];
  for (const { status, headers } of replies) {
    expect([status, headers['cache-control'], headers['x-content-type-options']]).toEqual([
      status,
      'no-store',
      'nosniff',
    ]);
    expect(headers['x-request-id']).toMatch(/./);
    expect([headers['x-powered-by'], headers.server, headers['access-control-allow-origin']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  }
});

test('A21 the same questions of several directories at once are each answered with their own people', async () => {
  const tenant = await hub.newTenant();
  const directories = [
    await hub.newDirectory(tenant.id),
    await hub.newDirectory(tenant.id),
    await hub.newDirectory(),
    await hub.newDirectory(),
  ];
  const senders = directories.map((directory) => intruder(directory));
  const names = senders.map((_, index) => `only-${index}`);
  const ids = await Promise.all(
    senders.map(async (send, index) => (await send('POST', '/Users', { userName: names[index] })).json.id),
  );
  const asked = Array.from({ length: 200 }, (_, index) => index % senders.length);
  const lists = await Promise.all(asked.map((who) => senders[who]!('GET', '/Users?filter=userName+sw+%22only%22')));
  for (const [index, { status, json }] of lists.entries()) {
    expect([status, json.Resources.map((one: { userName: string }) => one.userName)]).toEqual([
      200,
      [names[asked[index]!]],
    ]);
  }
  const single = await Promise.all(asked.map((who) => senders[who]!('GET', `/Users/${ids[0]}`)));
  for (const [index, { status }] of single.entries()) expect(status).toBe(asked[index] === 0 ? 200 : 404);
});

test('A21 a caller’s request id, ETag or condition brings no answer of another', async () => {
  const [one, two] = [intruder(await hub.newDirectory()), intruder(await hub.newDirectory())];
  const made = await one('POST', '/Users', { userName: 'ada' }, { 'X-Request-Id': 'request-1' });
  const headers = {
    'X-Request-Id': 'request-1',
    'If-None-Match': String(made.headers.etag),
    'If-Modified-Since': new Date(Date.now() + 1e6).toUTCString(),
  };
  const stolen = await two('GET', `/Users/${made.json.id}`, undefined, headers);
  expect([stolen.status, stolen.headers['x-request-id']]).toEqual([404, 'request-1']);
  expect([200, 304]).toContain((await one('GET', `/Users/${made.json.id}`, undefined, headers)).status);
  for (const id of ['a b', '<script>', 'x'.repeat(65), 'é'.repeat(10), 'short']) {
    const { headers: answered } = await one('GET', '/Users', undefined, {
      'X-Request-Id': Buffer.from(id).toString('latin1'),
    });
    expect(answered['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  }
});
