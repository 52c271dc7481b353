import { spawn } from 'node:child_process';
import { chmod, lstat, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isPostmaster } from '../../../src/storage/embedded/postmaster-process.ts';
import { startEmbedded } from '../../../src/storage/embedded/start-embedded.ts';
import { query, start, temporaryFolder } from './cluster-folder.ts';

const asRoot = process.getuid?.() === 0;

test('a cluster starts in an empty folder, is PostgreSQL 18, durable, UTF-8 and on loopback only', async () => {
  const dataDir = join(await temporaryFolder(), 'not', 'there', 'yet');
  const embedded = await startEmbedded({ dataDir });
  onTestFinished(() => embedded.stop());
  const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'TimeZone', 'server_encoding'];
  const columns = names.map((name) => `current_setting('${name}') AS "${name}"`);
  const [row] = await query(embedded.url, `SELECT version(), ${columns}`);
  expect(row).toEqual({
    version: expect.stringMatching(/^PostgreSQL 18\./),
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    listen_addresses: '127.0.0.1',
    TimeZone: 'UTC',
    server_encoding: 'UTF8',
  });
  const [locale] = await query(
    embedded.url,
    'SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()',
  );
  expect(locale).toEqual({ datlocprovider: 'b', datlocale: 'C.UTF-8' });
});

test('the password is known to the owner of the folder only, and is needed', async () => {
  const dataDir = await temporaryFolder();
  const { url } = await start(dataDir);
  expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(dataDir, 'postgres.log'))).mode & 0o777).toBe(0o600);
  expect((await readdir(dataDir)).filter((name) => name.includes('partial'))).toEqual([]);
  const wrong = new URL(url);
  wrong.password = 'guess';
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
});

test('a second hub joins the running server, which stops with the last of them', async () => {
  const dataDir = await temporaryFolder();
  const first = await start(dataDir);
  const second = await start(dataDir);
  expect(second.pid).toBe(first.pid);
  await first.stop();
  await first.stop();
  expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.stop();
  expect(await isPostmaster(second.pid, join(dataDir, 'pgdata'))).toBe(false);
  await expect(query(second.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});

test('two starts at once on an empty folder give one server', async () => {
  const dataDir = await temporaryFolder();
  const [first, second] = await Promise.all([start(dataDir), start(dataDir)]);
  expect(second.pid).toBe(first.pid);
  expect(second.url).toBe(first.url);
});

test('what was committed is there after the server was killed, on the same port', async () => {
  const dataDir = await temporaryFolder();
  const first = await start(dataDir);
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  process.kill(first.pid, 'SIGKILL');
  const second = await start(dataDir);
  expect(second.pid).not.toBe(first.pid);
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('a pid file that names a dead process, or by now somebody else, does not prevent a start', async () => {
  const dataDir = await temporaryFolder();
  const first = await start(dataDir);
  const pidFile = join(dataDir, 'pgdata', 'postmaster.pid');
  const written = await readFile(pidFile, 'utf8');
  await first.stop();
  for (const pid of [first.pid, process.pid]) {
    await writeFile(pidFile, written.replace(/^\d+/, String(pid)));
    await chmod(pidFile, 0o644);
    const next = await start(dataDir);
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await next.stop();
  }
});

test('a copy of the folder of a running server gets a server of its own', async () => {
  const folder = await temporaryFolder();
  const original = await start(join(folder, 'original'));
  await new Promise((done) => spawn('cp', ['-a', join(folder, 'original'), join(folder, 'copy')]).on('close', done));
  const copy = await start(join(folder, 'copy'));
  expect(copy.pid).not.toBe(original.pid);
  expect(copy.url).not.toBe(original.url);
});

test('a cluster of another major version is refused', async () => {
  const dataDir = await temporaryFolder();
  await mkdir(join(dataDir, 'pgdata'));
  await writeFile(join(dataDir, 'pgdata', 'PG_VERSION'), '17\n');
  if (asRoot) await new Promise((done) => spawn('chown', ['nobody', join(dataDir, 'pgdata')]).on('close', done));
  await expect(start(dataDir)).rejects.toThrow('made by PostgreSQL 17, but PostgreSQL 18 is installed');
});

test('a server that cannot start says why', async () => {
  const dataDir = await temporaryFolder();
  await expect(start(dataDir, { settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
    'invalid value for parameter "shared_buffers": "plenty"',
  );
});

test.runIf(asRoot)(
  'below a private folder of root the cluster lives elsewhere, and the folder stays private',
  async () => {
    const home = await temporaryFolder(0o700);
    const systemDir = join(await temporaryFolder(), 'system');
    const dataDir = join(home, 'project', '.data');
    const first = await start(dataDir, { systemDir });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    expect((await lstat(join(dataDir, 'pgdata'))).isSymbolicLink()).toBe(true);
    expect(await realpath(join(dataDir, 'pgdata'))).toContain(await realpath(systemDir));
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    const second = await start(dataDir, { systemDir });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    await rm(await realpath(join(dataDir, 'pgdata')), { recursive: true });
    await expect(start(dataDir, { systemDir })).rejects.toThrow('link to a database that is gone');
  },
);
