import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { MOST_OF_A_KEY } from '../../../src/graphql/subscriptions/sessions.ts';
import { openWire } from '../../../src/graphql/subscriptions/stream/wire.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { askAs, bodyOf } from '../ask.ts';
import { EVENTS, listen } from './listen.ts';
import {
  askStream,
  hear,
  listenToStream,
  openReserved,
  reserve,
  statusOf,
  streamClientAs,
  streamUrl,
  subscribeByHand,
  subscribeOn,
} from './listen-stream.ts';

let hub: Hub;
let tenant: Tenant;
let opened = new AbortController();

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
});
afterEach(() => {
  opened.abort();
  opened = new AbortController();
});
afterAll(() => hub.stop());

const makeTeam = (name: string) =>
  askAs(hub, tenant.key)('mutation ($name: String!) { createTeam(name: $name) { team { id } } }', { name });
const subscribe = (operationId: string, query = EVENTS) => ({ query, extensions: { operationId } });
const open = (token: string, key = tenant.key) => openReserved(hub.url, key, token, opened.signal);
const codeOf = async (answer: Response) => (await bodyOf(answer)).errors[0].extensions.code as string;

/** Collects the text of a stream as it comes. */
function textOf(stream: Response): { text: string; ended: Promise<void> } {
  const heard = { text: '', ended: Promise.resolve() };
  const read = async () => {
    for await (const bytes of stream.body!) heard.text += Buffer.from(bytes).toString();
  };
  heard.ended = read().catch(() => {});
  return heard;
}

describe('a stream on the wire', () => {
  test('names its type, is neither kept nor buffered, and is open to no page of another site', async () => {
    const stream = await subscribeByHand(hub.url, tenant.key, { query: EVENTS }, opened.signal);
    expect(stream.status).toBe(200);
    expect(Object.fromEntries(stream.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    expect(stream.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(streamUrl(hub.url), { method: 'OPTIONS', headers: { origin: 'https://x.example' } });
    expect(preflight.status).toBe(405);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('begins with a comment, and sends another when nothing happens', async () => {
    const quiet = await hub.newTenant();
    const heard = textOf(await subscribeByHand(hub.url, quiet.key, { query: EVENTS }, opened.signal));
    await vi.waitFor(() => expect(heard.text).toBe(':\n\n:\n\n'), 25_000);
  });

  test('who does not take the comments is cut off, who does is not', async () => {
    const { createServer } = await import('node:http');
    const { connect } = await import('node:net');
    const server = createServer((request, response) => {
      const wire = openWire(response, () => {}, 200);
      if (request.url === '/full') void wire.send('next', { large: 'x'.repeat(32 * 1024 * 1024) });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const ask = (path: string): Socket =>
      connect(port, '127.0.0.1', function (this: Socket) {
        this.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      });
    const reads = ask('/').resume();
    const full = ask('/full').pause();
    await vi.waitFor(
      async () => expect(await new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(1),
      10_000,
    );
    expect(reads.destroyed).toBe(false);
    for (const socket of [reads, full]) socket.destroy();
    server.close();
  });
});

describe('requests that do not keep to the protocol', () => {
  test.each([
    ['no JSON', '{', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['no query', '{}', 400],
    ['a query that is no text', '{"query":3}', 400],
    ['variables of another form', '{"query":"x","variables":3}', 400],
    ['an operationName of another form', '{"query":"x","operationName":{}}', 400],
    ['extensions of another form', '{"query":"x","extensions":[]}', 400],
    ['an operationId of another form', '{"query":"x","extensions":{"operationId":{}}}', 400],
    ['nesting beyond 64 levels', `{"query":"x","variables":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`, 400],
    ['more than a mebibyte', JSON.stringify({ query: 'x'.repeat(1_100_000) }), 413],
  ])('%s', async (_, body, status) => {
    expect((await subscribeByHand(hub.url, tenant.key, body)).status).toBe(status);
  });

  test('another media type, another Accept, no reservation and another method', async () => {
    const events = { accept: 'text/event-stream' };
    const body = JSON.stringify({ query: EVENTS });
    const form = { ...events, 'content-type': 'text/plain' };
    expect((await askStream(hub.url, tenant.key, 'POST', { headers: form, body })).status).toBe(415);
    const json = { accept: 'application/json', 'content-type': 'application/json' };
    expect((await askStream(hub.url, tenant.key, 'POST', { headers: json, body })).status).toBe(406);
    expect((await askStream(hub.url, tenant.key, 'GET', { headers: events })).status).toBe(400);
    expect((await askStream(hub.url, tenant.key, 'DELETE')).status).toBe(400);
    const patched = await askStream(hub.url, tenant.key, 'PATCH');
    expect([patched.status, patched.headers.get('allow')]).toEqual([405, 'GET, POST, PUT, DELETE']);
    expect((await fetch(`${hub.url}/graphql/stream/`, { method: 'PUT' })).status).toBe(404);
  });

  test.each(['GET', 'POST', 'PUT', 'DELETE'])('%s without a key is 401', async (method) => {
    const answer = await askStream(hub.url, null, method);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });
});

describe('a reservation', () => {
  test('is answered with a token, takes operations, and tells each by its id', async () => {
    const token = await reserve(hub.url, tenant.key);
    expect((await subscribeOn(hub.url, tenant.key, token, subscribe('early'))).status).toBe(202);
    const heard = textOf(await open(token));
    expect((await subscribeOn(hub.url, tenant.key, token, subscribe('late'))).status).toBe(202);
    await vi.waitFor(async () => {
      await makeTeam('told twice');
      for (const id of ['early', 'late']) expect(heard.text).toContain(`event: next\ndata: {"id":"${id}","payload":`);
    }, 10_000);
    const ended = await askStream(hub.url, tenant.key, 'DELETE', {}, `?token=${token}&operationId=early`);
    expect(ended.status).toBe(200);
    await vi.waitFor(() => expect(heard.text).toContain('event: complete\ndata: {"id":"early"}\n\n'), 10_000);
  });

  test('of another caller is as good as none', async () => {
    const token = await reserve(hub.url, tenant.key);
    const other = await hub.newKey(tenant.id, ['events:read']);
    const stranger = await hub.newTenant();
    for (const key of [other, stranger.key]) {
      expect((await open(token, key)).status).toBe(404);
      expect((await subscribeOn(hub.url, key, token, subscribe('1'))).status).toBe(404);
      const stop = await askStream(hub.url, key, 'DELETE', {}, `?token=${token}&operationId=1`);
      expect([stop.status, await codeOf(stop)]).toEqual([404, 'NOT_FOUND']);
    }
    expect((await open('junk')).status).toBe(404);
    expect((await open(token)).status).toBe(200);
  });

  test('has one connection at a time, and is gone with it', async () => {
    const token = await reserve(hub.url, tenant.key);
    const heard = textOf(await open(token));
    expect((await open(token)).status).toBe(409);
    expect(heard.text).toBe(':\n\n');
    opened.abort();
    opened = new AbortController();
    await vi.waitFor(async () => expect((await open(token)).status).toBe(404), 10_000);
  });

  test('that is not taken up in time is gone', async () => {
    const token = await reserve(hub.url, tenant.key);
    await vi.waitFor(
      async () => expect((await askStream(hub.url, tenant.key, 'DELETE', {}, `?token=${token}`)).status).toBe(404),
      { timeout: 25_000, interval: 500 },
    );
  });

  test('refuses what cannot be an operation of it, and says why', async () => {
    const token = await reserve(hub.url, tenant.key);
    const codeFor = async (body: unknown) => {
      const answer = await subscribeOn(hub.url, tenant.key, token, body);
      return [answer.status, await codeOf(answer)];
    };
    expect(await codeFor({ query: EVENTS })).toEqual([400, 'BAD_REQUEST']);
    expect(await codeFor(subscribe('1', 'subscription {'))).toEqual([400, 'GRAPHQL_PARSE_FAILED']);
    expect(await codeFor(subscribe('1', 'subscription { events { nothing } }'))).toEqual([
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ]);
    for (let index = 0; index < 10; index++) await subscribeOn(hub.url, tenant.key, token, subscribe(`s${index}`));
    expect(await codeFor(subscribe('s1'))).toEqual([409, 'CONFLICT']);
    expect(await codeFor(subscribe('s10'))).toEqual([400, 'BAD_REQUEST']);
  });
});

test('a connection for a person ends when the person is deactivated', async () => {
  const ask = askAs(hub, tenant.key);
  const made = await ask('mutation { createUser(input: { userName: "leaver" }) { user { id } } }');
  const { id } = made.data.createUser.user;
  const acting = { 'x-rollcall-act-as': id };
  const token = await (await askStream(hub.url, tenant.key, 'PUT', { headers: acting })).text();
  expect((await open(token)).status).toBe(404);
  const headers = { ...acting, accept: 'text/event-stream', 'x-graphql-event-stream-token': token };
  const heard = textOf(await askStream(hub.url, tenant.key, 'GET', { headers }));
  await vi.waitFor(() => expect(heard.text).toBe(':\n\n'), 10_000);
  const { data } = await ask('mutation ($id: ID!) { deactivateUser(id: $id) { user { status } } }', { id });
  expect(data.deactivateUser.user.status).not.toBe('ACTIVE');
  await heard.ended;
  expect((await askStream(hub.url, tenant.key, 'PUT', { headers: acting })).status).toBe(403);
});

describe('bounds', () => {
  test('a key holds so many streams, reservations and sockets together and no more; when one goes, another may come', async () => {
    const key = await hub.newKey(tenant.id, ['events:read']);
    const socket = listen(hub.url, key);
    const first = new AbortController();
    await vi.waitFor(async () => {
      await makeTeam('heard');
      expect(socket.events.length).toBeGreaterThan(0);
    }, 10_000);
    // Held on to, since fetch lets go of answers that nothing refers to.
    const streams = [await subscribeByHand(hub.url, key, { query: EVENTS }, first.signal)];
    while (streams.length + 1 < MOST_OF_A_KEY) {
      streams.push(await subscribeByHand(hub.url, key, { query: EVENTS }, opened.signal));
    }
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
    expect(statusOf(await listenToStream(hub.url, key).ended)).toBe(429);
    expect(statusOf(await hear(streamClientAs(hub.url, key, true)).ended)).toBe(429);
    expect(await listen(hub.url, key).ended).toMatchObject({ code: 1013 });
    first.abort();
    await vi.waitFor(
      async () => expect((await subscribeByHand(hub.url, key, { query: EVENTS }, opened.signal)).status).toBe(200),
      10_000,
    );
    socket.end();
  });
});
