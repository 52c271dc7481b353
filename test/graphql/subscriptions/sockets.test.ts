import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { scopes } from '../../../src/domain/actor.ts';
import { MOST_OF_A_KEY } from '../../../src/graphql/subscriptions/sessions.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { askAs } from '../ask.ts';
import { EVENTS, type RawSocket, rawSocket, socketUrl } from './listen.ts';

let hub: Hub;
let tenant: Tenant;
const opened: RawSocket[] = [];

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
});
afterEach(() => {
  for (const { web } of opened.splice(0)) web.terminate();
});
afterAll(() => hub.stop());

const open = async (headers: Record<string, string> = {}, options = {}): Promise<RawSocket> => {
  const socket = await rawSocket(socketUrl(hub.url), headers, options);
  opened.push(socket);
  return socket;
};

const signedIn = async (key = tenant.key): Promise<RawSocket> => {
  const socket = await open();
  socket.say({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } });
  await vi.waitFor(() => expect(socket.heard).toEqual([{ type: 'connection_ack' }]), 10_000);
  return socket;
};

const subscribe = (id: string, variables = {}) => ({ id, type: 'subscribe', payload: { query: EVENTS, variables } });
const makeTeam = (name: string) =>
  askAs(hub, tenant.key)('mutation ($name: String!) { createTeam(name: $name) { team { id } } }', { name });

describe('the upgrade', () => {
  test.each(['/', '/graphql/', '/graphqlx', '/scim/v2/Users', '/healthz', '/oauth/x/token'])(
    'is not made on %s',
    async (path) => {
      await expect(rawSocket(`${hub.url.replace('http', 'ws')}${path}`)).rejects.toThrow(/Unexpected server response/);
    },
  );

  test('a request that offers another protocol is answered as if it had not', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQAAP__' };
      request(`${hub.url}/healthz`, { headers }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });

  test('A44 a page of another site is kept out, one of this address is not', async () => {
    await expect(open({ origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(open({ origin: 'null' })).rejects.toThrow('403');
    expect((await open({ origin: hub.url })).web.protocol).toBe('graphql-transport-ws');
  });

  test('a client of another protocol is told so', async () => {
    const { default: WebSocket } = await import('ws');
    const web = new WebSocket(socketUrl(hub.url));
    const code = await new Promise((resolve) => web.once('close', resolve));
    expect(code).toBe(4406);
  });
});

describe('messages', () => {
  test.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['null', 'null'],
    ['no type', '{}'],
    ['an unknown type', '{"type":"next"}x'],
    ['a type of another form', '{"type":{"a":1}}'],
    ['nesting beyond 64 levels', `{"type":"ping","payload":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`],
    ['a subscription without a query', '{"id":"1","type":"subscribe","payload":{}}'],
    [
      'a subscription with variables of another form',
      '{"id":"1","type":"subscribe","payload":{"query":"x","variables":3}}',
    ],
  ])('%s closes the socket with 4400', async (_, text) => {
    const socket = await signedIn();
    socket.say(text);
    expect((await socket.closed).code).toBe(4400);
  });

  test('bytes close the socket with 4400, and a message beyond 128 KiB with 1009', async () => {
    const bytes = await signedIn();
    bytes.web.send(Buffer.from('{"type":"ping"}'), { binary: true });
    expect((await bytes.closed).code).toBe(4400);
    const large = await signedIn();
    large.say(JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(200_000) } }));
    expect((await large.closed).code).toBe(1009);
  });

  test('whoever subscribes before signing in is closed with 4401, and whoever says nothing with 4408', async () => {
    const early = await open();
    early.say(subscribe('1'));
    expect((await early.closed).code).toBe(4401);
    const silent = await open();
    expect((await silent.closed).code).toBe(4408);
  });

  test.each([
    {},
    { authorization: null },
    { authorization: 3 },
    { authorization: ['Bearer x'] },
    { authorization: '' },
  ])('signing in with %j is closed with 4403', async (payload) => {
    const socket = await open();
    socket.say({ type: 'connection_init', payload });
    expect((await socket.closed).code).toBe(4403);
  });

  test('the header of the upgrade signs in as well', async () => {
    const socket = await open({ authorization: `Bearer ${tenant.key}` });
    socket.say({ type: 'connection_init' });
    await vi.waitFor(() => expect(socket.heard).toEqual([{ type: 'connection_ack' }]), 10_000);
  });

  test('pings of both kinds are answered', async () => {
    const socket = await signedIn();
    const pong = new Promise((resolve) => socket.web.once('pong', (data) => resolve(String(data))));
    socket.web.ping('are you there');
    expect(await pong).toBe('are you there');
    socket.say({ type: 'ping' });
    await vi.waitFor(() => expect(socket.heard.at(-1)).toEqual({ type: 'pong' }), 10_000);
  });
});

describe('bounds', () => {
  test('a key holds so many sockets and no more; when one goes, another may come', async () => {
    const key = await hub.newKey(tenant.id, scopes);
    const sockets: RawSocket[] = [];
    for (let index = 0; index < MOST_OF_A_KEY; index++) sockets.push(await signedIn(key));
    const refused = await open();
    refused.say({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } });
    expect(await refused.closed).toEqual({ code: 1013, reason: 'This key holds too many sockets.' });
    await signedIn();
    sockets[0]!.web.close();
    await sockets[0]!.closed;
    await signedIn(key);
  });

  test('a process holds a thousand sockets; one more is told to come again', async () => {
    const keys = await Promise.all(Array.from({ length: 10 }, () => hub.newKey(tenant.id, ['events:read'])));
    for (const key of keys) await Promise.all(Array.from({ length: MOST_OF_A_KEY }, () => signedIn(key)));
    await expect(open()).rejects.toThrow('503');
    const metrics = await (await fetch(`${hub.url}/metrics`)).text();
    expect(metrics).toContain('rollcall_subscription_sockets 1000');
  });

  test('a socket holds ten subscriptions, and one that was ended makes room', async () => {
    const socket = await signedIn();
    for (let index = 0; index < 11; index++) socket.say(subscribe(`s${index}`));
    await vi.waitFor(() => expect(socket.heard.at(-1)).toMatchObject({ id: 's10', type: 'error' }), 10_000);
    socket.say({ id: 's0', type: 'complete' });
    await vi.waitFor(async () => {
      socket.say(subscribe(crypto.randomUUID()));
      await makeTeam('heard by ten');
      const hearing = new Set(socket.heard.filter(({ type }) => type === 'next').map(({ id }) => id));
      expect([...hearing].filter((id) => !id.startsWith('s'))).toHaveLength(1);
      expect(hearing.size).toBe(10);
    }, 10_000);
  });

  test('subscriptions that come and go leave nothing running', async () => {
    const socket = await signedIn();
    for (let index = 0; index < 500; index++) {
      socket.say(subscribe(`c${index}`));
      socket.say({ id: `c${index}`, type: 'complete' });
    }
    await vi.waitFor(async () => {
      socket.say(subscribe(crypto.randomUUID()));
      await makeTeam('after the flood');
      expect(socket.heard.some(({ type }) => type === 'next')).toBe(true);
    }, 20_000);
  });

  test('a client that asks and never reads is cut off', async () => {
    const socket = await signedIn();
    socket.web.pause();
    const payload = { x: 'x'.repeat(100_000) };
    let isGone = false;
    void socket.closed.then(() => {
      isGone = true;
    });
    for (let index = 0; index < 400 && !isGone; index++) {
      socket.say({ type: 'ping', payload });
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.web.resume();
    expect((await socket.closed).code).toBe(1006);
  });
});
