import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { askAs } from '../ask.ts';
import { type Heard, listen, rawSocket, socketUrl } from './listen.ts';

let hub: Hub;
let tenant: Tenant;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
});
afterAll(() => hub.stop());

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

test('a client that does not read costs the hub one event on the wire, and misses nothing', async () => {
  const after = await makePeople();
  let wire: Duplex & { bytesWritten?: number };
  hub.running.server.once('upgrade', (_request, socket) => {
    wire = socket;
  });
  const slow = await rawSocket(socketUrl(hub.url), { authorization: `Bearer ${tenant.key}` });
  slow.say({ type: 'connection_init' });
  await vi.waitFor(() => expect(slow.heard).toHaveLength(1), 10_000);
  slow.web.pause();
  slow.say({ id: '1', type: 'subscribe', payload: { query: QUERY, variables: { after } } });
  let written = 0;
  await vi.waitFor(
    () => {
      const before = written;
      written = wire.bytesWritten!;
      expect(written).toBeGreaterThan(100_000);
      expect(written).toBe(before);
    },
    { timeout: 20_000, interval: 500 },
  );
  expect(wire!.writableLength).toBeGreaterThan(0);
  expect(wire!.writableLength).toBeLessThan(100_000);
  slow.web.resume();
  const whole = listen(hub.url, tenant.key, { after, names: ['user.created'] });
  await vi.waitFor(() => expect([slow.heard.length - 1, whole.events.length]).toEqual([PEOPLE, PEOPLE]), 20_000);
  const heard = slow.heard.slice(1).map(({ payload }) => payload.data.events as Heard);
  expect(heard.map(({ id }) => id)).toEqual(whole.events.map(({ id }) => id));
  whole.end();
  slow.web.terminate();
});
