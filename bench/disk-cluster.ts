import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startCluster } from '../src/storage/embedded/start-cluster.ts';
import { ensureDatabase } from '../src/storage/open.ts';

/** A PostgreSQL of the bench's own, with one empty database. */
export type DiskCluster = {
  /** Superuser's connection string of the database. */
  url: string;
  /** Throw-away folder of the cluster, for other files too. */
  folder: string;
  remove(): Promise<void>;
};

/**
 * Starts a cluster with the server's default settings, so that every commit waits for the disk. It lives below `.data`
 * and not in the system's temporary folder, which may be memory.
 */
export async function startDiskCluster(): Promise<DiskCluster> {
  await mkdir('.data', { recursive: true });
  const folder = await mkdtemp(join('.data', 'bench-'));
  // Under root the cluster runs as another account, which has to get in.
  await chmod(folder, 0o755);
  const cluster = await startCluster({ dataDir: folder });
  const remove = async () => {
    const place = dirname(await realpath(join(folder, 'pgdata')));
    await cluster.stop();
    for (const one of new Set([place, await realpath(folder)])) await rm(one, { recursive: true, force: true });
  };
  return { url: await ensureDatabase(cluster.url, 'bench'), folder, remove };
}
