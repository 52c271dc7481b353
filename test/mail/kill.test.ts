import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askAs } from '../graphql/ask.ts';
import { follow, linkIn, person, sendTo } from '../pages/support.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { catchMail, type MailCatcher } from '../support/mail-catcher.ts';
import { build, type HubProcess, startProcess } from '../support/process.ts';

const KEY = 'a key of the tests of 32 characters';
const PUBLIC_URL = 'http://id.nordwind.example';

let database: TestDatabase;
let client: pg.Client;
let dataDir: string;
let post: MailCatcher;
/** A mail server that takes connections and never says a word. */
let silent: Server;
const held: Socket[] = [];
const hubs: HubProcess[] = [];

beforeAll(async () => {
  await build();
  database = await createDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'rollcall-kill-'));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  post = await catchMail();
  silent = createServer((socket) => held.push(socket.on('error', () => {})));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  for (const hub of hubs) {
    hub.process.kill('SIGTERM');
    await hub.ended;
  }
  for (const socket of held) socket.destroy();
  silent?.close();
  await post?.stop();
  await client?.end();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(smtpUrl: string): Promise<HubProcess> {
  const secrets = { DATABASE_URL: database.url, ROLLCALL_ADMIN_KEY: KEY, ROLLCALL_SECRET: 'x'.repeat(32) };
  const mail = { SMTP_URL: smtpUrl, MAIL_FROM: 'Hub <hub@nordwind.example>' };
  const hub = await startProcess({ ...secrets, ...mail, PUBLIC_URL, ROLLCALL_DATA_DIR: dataDir });
  hubs.push(hub);
  return hub;
}

test('S26 a mail that a process was sending when it was killed is sent by the next, once', async () => {
  const first = await start(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  const ask = askAs(first, KEY);
  await sendTo(ask, await person(ask, 'ada@nordwind.example'));
  await vi.waitFor(() => expect(held).toHaveLength(1), 20_000);
  first.process.kill('SIGKILL');
  await first.ended;
  const second = await start(post.url);
  const [row] = (await client.query('select attempts, leased_until > now() as held from outbox')).rows;
  expect(row).toEqual({ attempts: 1, held: true });
  await client.query(`update outbox set leased_until = now() - interval '1 second'`);
  const { mail } = await post.to('ada@nordwind.example');
  expect(mail.from).toEqual({ name: 'Hub', address: 'hub@nordwind.example' });
  const link = linkIn({ from: '', to: [], raw: '', mail });
  expect(link.startsWith(`${PUBLIC_URL}/activate/`)).toBe(true);
  expect((await follow(link.replace(PUBLIC_URL, second.url))).status).toBe(200);
  await vi.waitFor(async () => expect((await client.query('select 1 from outbox')).rows).toEqual([]), 15_000);
  expect(post.caught).toHaveLength(1);
});
