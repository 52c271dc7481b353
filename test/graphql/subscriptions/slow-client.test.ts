import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { askAs } from '../ask.ts';
import { type Heard, listen, rawSocket, socketUrl } from './listen.ts';

let hub: Hub;
let tenant: Tenant;
/** The cursor before all the people. */
let after: string;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  after = await makePeople();
});
afterAll(() => hub.stop());

type Wire = Duplex & { bytesWritten?: number };

const PEOPLE = 1_000;
/** Each event is told several times over, so that the log is more than what the system buffers for a socket. */
const QUERY = `subscription ($after: String) { events(after: $after, names: ["user.created"]) { id cursor name ${Array.from(
  { length: 14 },
  (_, index) => `c${index}: changes { key to }`,
).join(' ')} } }`;

/** Makes people whose events are large; returns the cursor before all of them. */
async function makePeople(): Promise<string> {
  const ask = askAs(hub, tenant.key);
  const value = 'x'.repeat(200);
  const given = ['displayName', 'title', 'department', 'division', 'costCenter'].map((key) => `${key}: "${value}"`);
  for (let index = 0; index < PEOPLE; index += 10) {
    const made = Array.from(
      { length: 10 },
      (_, n) => `m${n}: createUser(input: { userName: "u${index + n}" ${given.join(' ')} }) { problems { message } }`,
    );
    const { data } = await ask(`mutation { ${made.join(' ')} }`);
    expect(data.m0.problems).toEqual([]);
  }
  return vi.waitFor(async () => {
    const { data } = await ask('{ events(first: 1) { nodes { cursor } } }');
    return data.events.nodes[0].cursor;
  }, 10_000);
}

/** Waits until the hub writes no more on that wire, which holds something and not much. */
async function isStuck(wire: () => Wire): Promise<void> {
  let written = 0;
  await vi.waitFor(
    () => {
      const before = written;
      written = wire().bytesWritten!;
      expect(written).toBeGreaterThan(100_000);
      expect(written).toBe(before);
    },
    { timeout: 20_000, interval: 500 },
  );
  expect(wire().writableLength).toBeGreaterThan(0);
  expect(wire().writableLength).toBeLessThan(100_000);
}

test('a client that does not read costs the hub one event on the wire, and misses nothing', async () => {
  let wire: Wire;
  hub.running.server.once('upgrade', (_request, socket) => {
    wire = socket;
  });
  const slow = await rawSocket(socketUrl(hub.url), { authorization: `Bearer ${tenant.key}` });
  slow.say({ type: 'connection_init' });
  await vi.waitFor(() => expect(slow.heard).toHaveLength(1), 10_000);
  slow.web.pause();
  slow.say({ id: '1', type: 'subscribe', payload: { query: QUERY, variables: { after } } });
  await isStuck(() => wire);
  slow.web.resume();
  const whole = listen(hub.url, tenant.key, { after, names: ['user.created'] });
  await vi.waitFor(() => expect([slow.heard.length - 1, whole.events.length]).toEqual([PEOPLE, PEOPLE]), 20_000);
  const heard = slow.heard.slice(1).map(({ payload }) => payload.data.events as Heard);
  expect(heard.map(({ id }) => id)).toEqual(whole.events.map(({ id }) => id));
  whole.end();
  slow.web.terminate();
});

test('a stream that is not read costs no more, and misses nothing either', async () => {
  let wire: Wire;
  hub.running.server.once('request', ({ socket }) => {
    wire = socket;
  });
  const asking = request(`${hub.url}/graphql/stream`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tenant.key}`,
      accept: 'text/event-stream',
      'content-type': 'application/json',
    },
  });
  asking.end(JSON.stringify({ query: QUERY, variables: { after } }));
  const slow = await new Promise<IncomingMessage>((resolve) => asking.once('response', resolve));
  await isStuck(() => wire);
  let text = '';
  slow.setEncoding('utf8').on('data', (part) => (text += part));
  const idsHeard = () => [...text.matchAll(/"events":{"id":"(\w+)"/g)].map(([, id]) => id);
  const whole = listen(hub.url, tenant.key, { after, names: ['user.created'] });
  await vi.waitFor(() => expect([idsHeard().length, whole.events.length]).toEqual([PEOPLE, PEOPLE]), 20_000);
  expect(idsHeard()).toEqual(whole.events.map(({ id }) => id));
  whole.end();
  asking.destroy();
});
