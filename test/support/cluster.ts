import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Embedded, startCluster } from '../../src/storage/embedded/start-cluster.ts';
import { stopWhenUnused } from '../../src/storage/embedded/stop-when-unused.ts';
import { copyDatabase, databaseUrl } from './copy-database.ts';
import { fastestFolder, inMemory } from './fastest-folder.ts';
import { prepareTemplate, templateName } from './template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser connection string of the cluster that this test run uses. */
    clusterUrl: string;
  }
}

const prefix = 'rollcall-test-cluster-';
let running: { cluster: Embedded; folder: string } | undefined;

/** Starts one throw-away cluster for the whole test run, with the template database in it. */
export async function setup(project: TestProject, prepare = prepareTemplate): Promise<void> {
  await removeAbandoned();
  const folder = await mkdtemp(join(await fastestFolder(), prefix));
  // Under root the cluster runs as another account, which has to get in.
  await chmod(folder, 0o755);
  const cluster = await startCluster({ dataDir: folder, settings: fastAndFragile });
  running = { cluster, folder };
  try {
    await copyDatabase(cluster.url, templateName, 'template0');
    await prepare(databaseUrl(cluster.url, templateName));
  } catch (error) {
    // Vitest does not tear down what failed to set up.
    await teardown();
    throw error;
  }
  project.provide('clusterUrl', cluster.url);
}

/** Stops the cluster and removes its folder. */
export async function teardown(): Promise<void> {
  if (!running) return;
  const { cluster, folder } = running;
  running = undefined;
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}

// Nobody misses these data after a power cut, and every commit becomes several times faster.
const fastAndFragile = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
  max_wal_size: '256MB',
};

// A killed test run cannot tear down; its cluster has lost its user and is recognised by that.
async function removeAbandoned(): Promise<void> {
  for (const parent of [tmpdir(), inMemory])
    for (const name of (await readdir(parent).catch(() => [])).filter((it) => it.startsWith(prefix))) {
      const folder = join(parent, name);
      const { uid, ctimeMs } = await stat(folder).catch(() => ({ uid: -1, ctimeMs: 0 }));
      // A young one may belong to a run that is just about to take its lock.
      if (uid !== process.getuid!() || Date.now() - ctimeMs < 60_000) continue;
      const gone = await stopWhenUnused(folder).catch(() => false);
      if (gone) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
}
