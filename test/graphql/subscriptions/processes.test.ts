import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetworkError } from 'graphql-sse';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDatabase, type TestDatabase } from '../../support/database.ts';
import { build, type HubProcess, startProcess } from '../../support/process.ts';
import { type Heard, type Listening, listen } from './listen.ts';
import { hear, listenToStream, streamClientAs } from './listen-stream.ts';

const KEY = 'k'.repeat(40);
let folder: string;
let database: TestDatabase;
const started: HubProcess[] = [];

beforeAll(async () => {
  await build();
  database = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), 'rollcall-subscriptions-'));
});
afterAll(async () => {
  for (const { process } of started) process.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** One of several hubs on the same database. */
async function start(): Promise<HubProcess> {
  const hub = await startProcess({
    ROLLCALL_DATA_DIR: folder,
    DATABASE_URL: database.url,
    ROLLCALL_SECRET: 's'.repeat(40),
    ROLLCALL_ADMIN_KEY: KEY,
  });
  started.push(hub);
  return hub;
}

async function ask(url: string, query: string, variables = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
  return ((await response.json()) as any).data;
}

const makeTeam = (url: string, name: string) =>
  ask(url, 'mutation ($name: String!) { createTeam(name: $name) { team { id } } }', { name });

async function firstCursor(url: string): Promise<string> {
  await makeTeam(url, 'first');
  return vi.waitFor(
    async () => (await ask(url, '{ events(first: 1) { nodes { cursor } } }')).events.nodes[0].cursor as string,
    10_000,
  );
}

test.each([
  ['sockets', listen],
  ['streams', listenToStream],
])('by kill -9 of the hub no listener by %s misses a thing: another hub goes on at the cursor', async (_, listen) => {
  const [one, two] = [await start(), await start()];
  const begin = await firstCursor(one.url);
  const before = listen(one.url, KEY, { after: begin });
  let isWriting = true;
  const writing = (async () => {
    for (let index = 0; index < 400 && isWriting; index++) await makeTeam(two.url, `t${index}`);
  })();
  await vi.waitFor(() => expect(before.events.length).toBeGreaterThan(10), 20_000);
  one.process.kill('SIGKILL');
  await before.ended;
  const heard: Heard[] = [...before.events];
  const after: Listening = listen(two.url, KEY, { after: heard.at(-1)!.cursor });
  await vi.waitFor(() => expect(after.events.length).toBeGreaterThan(10), 20_000);
  isWriting = false;
  await writing;
  const log: Heard[] = await vi.waitFor(async () => {
    const all: Heard[] = [];
    for (let cursor = begin; ; ) {
      const { nodes } = (await ask(two.url, `{ events(after: "${cursor}") { nodes { id cursor name } } }`)).events;
      all.push(...nodes);
      if (nodes.length === 0) break;
      cursor = nodes.at(-1).cursor;
    }
    expect(heard.length + after.events.length).toBe(all.length);
    return all;
  }, 20_000);
  expect([...heard, ...after.events]).toEqual(log);
  after.end();
});

test('on SIGTERM sockets are closed with 1001, and the process ends with 0', async () => {
  const hub = await start();
  const listening = listen(hub.url, KEY, { after: await firstCursor(hub.url) });
  await makeTeam(hub.url, 'last');
  await vi.waitFor(() => expect(listening.events.length).toBeGreaterThan(0), 20_000);
  hub.process.kill('SIGTERM');
  expect(await listening.ended).toMatchObject({ code: 1001 });
  expect(await hub.ended).toBe(0);
});

test.each([
  ['distinct', false],
  ['single', true],
])(
  'on SIGTERM streams of %s connections are cut, so that clients connect again, and the process ends with 0',
  async (_, single) => {
    const hub = await start();
    const listening = hear(streamClientAs(hub.url, KEY, single), { after: await firstCursor(hub.url) });
    await makeTeam(hub.url, 'last');
    await vi.waitFor(() => expect(listening.events.length).toBeGreaterThan(0), 20_000);
    hub.process.kill('SIGTERM');
    expect(await listening.ended).toBeInstanceOf(NetworkError);
    expect(await hub.ended).toBe(0);
  },
);
