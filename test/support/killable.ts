import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { createDatabase } from './database.ts';
import { build, type HubProcess, startProcess } from './process.ts';

/** The bootstrap key of every hub of a stage. */
export const KEY = 'a key of the tests of 32 characters';

/** A database on which hubs are started as processes of their own, with more of an environment, to be killed. `client` sees it as its owner does. */
export async function openKillable(more: Record<string, string> = {}) {
  await build();
  const database = await createDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-killable-'));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const hubs: HubProcess[] = [];
  return {
    database,
    client,
    async start(): Promise<HubProcess> {
      const env = { DATABASE_URL: database.url, ROLLCALL_ADMIN_KEY: KEY, ROLLCALL_SECRET: 'x'.repeat(32) };
      const hub = await startProcess({ ...env, ROLLCALL_DATA_DIR: dataDir, ...more });
      hubs.push(hub);
      return hub;
    },
    async close(): Promise<void> {
      for (const hub of hubs) {
        hub.process.kill('SIGTERM');
        await hub.ended;
      }
      await client.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Ends a hub as a machine that fails does. */
export async function kill(hub: HubProcess): Promise<void> {
  hub.process.kill('SIGKILL');
  await hub.ended;
}

/** What a hub answers to an admin, without errors. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
export async function askHub({ url }: HubProcess, query: string): Promise<any> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data, errors } = (await answer.json()) as { data: object; errors?: object[] };
  expect(errors).toBeUndefined();
  return data;
}
