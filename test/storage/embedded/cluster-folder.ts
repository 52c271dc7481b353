import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { type ClusterOptions, type Embedded, startCluster } from '../../../src/storage/embedded/start-cluster.ts';
import { fastestFolder } from '../../support/fastest-folder.ts';

/** A folder with mode `mode` that is removed when the test is over. */
export async function temporaryFolder(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(await fastestFolder(), 'rollcall-embedded-'));
  await chmod(folder, mode);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a cluster that is stopped when the test is over. */
export async function start(dataDir: string, options: Omit<ClusterOptions, 'dataDir'> = {}): Promise<Embedded> {
  const embedded = await startCluster({ dataDir, ...options });
  onTestFinished(() => embedded.stop());
  return embedded;
}

/** Runs one statement on a connection of its own and returns its rows. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
