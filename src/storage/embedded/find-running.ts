import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTimeoutMs } from './launch.ts';
import { pidFile, readPidFile } from './pid-file.ts';
import { isAlive, isPostmaster } from './postmaster-process.ts';
import { probe } from './probe.ts';
import { superuserUrl } from './superuser.ts';

/**
 * The server that already runs on `cluster`, once it answers; undefined when there is none.
 *
 * A pid file whose process is somebody else by now is removed, because PostgreSQL would refuse to start beside it. One
 * whose process is gone is left: PostgreSQL reads in it which shared memory must be free before it starts.
 */
export async function findRunning(
  cluster: string,
  password: string,
): Promise<{ pid: number; url: string } | undefined> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    const found = await readPidFile(cluster);
    if (!found) return undefined;
    if (!(await isPostmaster(found.pid, cluster))) {
      if (isAlive(found.pid)) await rm(pidFile(cluster), { force: true });
      return undefined;
    }
    const url = found.port && superuserUrl(found.port, password);
    if (url && (await probe(url, cluster)) === 'ready') return { pid: found.pid, url };
    await sleep(25);
  }
  throw new Error(`A PostgreSQL server runs on ${cluster} but has not answered for ${startTimeoutMs / 1000} s.`);
}
