import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { build, type HubProcess, startProcess } from '../support/process.ts';

let folder: string;
const started: HubProcess[] = [];
const start = async (env: Record<string, string> = {}) => {
  const hub = await startProcess({ ROLLCALL_DATA_DIR: folder, ...env });
  started.push(hub);
  return hub;
};

beforeAll(build);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-start-'));
});
afterEach(async () => {
  for (const { process, ended } of started.splice(0)) {
    process.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

const KEY = /rollcall_api_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}/;

describe('a start', () => {
  test('prints the URLs and, the first time only, an admin key', async () => {
    const first = await start();
    expect(first.output()).toContain('/graphql');
    expect(first.output()).toContain('/scim/v2');
    expect(first.output()).toMatch(KEY);
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const second = await start();
    expect(second.output()).toContain('Rollcall is ready.');
    expect(second.output()).not.toMatch(KEY);
  });

  test('prints no key where the environment names one', async () => {
    const hub = await start({ ROLLCALL_ADMIN_KEY: 'k'.repeat(32) });
    expect(hub.output()).not.toMatch(KEY);
  });

  test('keeps its pepper where nobody else can read it', async () => {
    await start();
    expect((await stat(join(folder, 'secret'))).mode & 0o077).toBe(0);
  });

  test('says every problem of the environment at once, names the variables and repeats no secret', async () => {
    const hub = await startProcess({
      PORT: 'many',
      ROLLCALL_ADMIN_KEY: 'short-secret',
      DATABASE_URL: 'mysql://u:pass@x/y',
      ROLLCALL_LOG_DAYS: 'forever',
      ROLLCALL_POINTS_PER_SECOND: 'many',
    });
    expect(await hub.ended).toBe(1);
    for (const name of [
      'PORT',
      'ROLLCALL_ADMIN_KEY',
      'DATABASE_URL',
      'ROLLCALL_SECRET',
      'ROLLCALL_LOG_DAYS',
      'ROLLCALL_POINTS_PER_SECOND',
    ])
      expect(hub.output()).toContain(name);
    expect(hub.output()).not.toMatch(/short-secret|pass@/);
    expect(hub.output()).not.toContain('    at ');
  });

  test('without a port that is free ends with a clear line and no database left behind', async () => {
    const hub = await start();
    const { port } = new URL(hub.url);
    const other = await mkdtemp(join(tmpdir(), 'rollcall-start-'));
    const second = await startProcess({ ROLLCALL_DATA_DIR: other, PORT: port });
    second.process.kill('SIGTERM');
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`Port ${port} is in use`);
    expect(existsSync(join(other, 'pgdata', 'postmaster.pid'))).toBe(false);
    await rm(other, { recursive: true, force: true });
  });
});

describe('the health pages', () => {
  test('/healthz, /readyz and /metrics answer without a key, and other methods do not', async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ready: true, database: 'up' });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('rollcall_http_requests_total');
    expect((await fetch(`${url}/healthz`, { method: 'POST' })).status).toBe(404);
  });
});

describe('a stop', () => {
  test('on SIGTERM ends with 0 and stops the embedded database', async () => {
    const hub = await start();
    hub.process.kill('SIGTERM');
    expect(await hub.ended).toBe(0);
    expect(existsSync(join(folder, 'pgdata', 'postmaster.pid'))).toBe(false);
  });

  test('by kill -9 loses nothing: the next start goes on with the same data', async () => {
    const first = await start();
    const key = KEY.exec(first.output())![0];
    const ask = (url: string, query: string) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }).then((response) => response.json());
    const names = Array.from({ length: 20 }, (_, index) => `t${index}`);
    const made = names.map((name) => ask(first.url, `mutation { createTeam(name: "${name}") { team { name } } }`));
    await Promise.all(made);
    first.process.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    const second = await start();
    const { data } = (await ask(second.url, '{ teams(first: 100) { nodes { name } } }')) as {
      data: { teams: { nodes: { name: string }[] } };
    };
    expect(data.teams.nodes.map(({ name }) => name).sort()).toEqual(names.sort());
  });
});
