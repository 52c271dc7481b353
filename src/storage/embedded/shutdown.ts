import { setTimeout as sleep } from 'node:timers/promises';
import { readPidFile } from './pid-file.ts';
import { isPostmaster } from './postmaster-process.ts';

/** Stops the server of `cluster` and waits until it is gone: in order, and after 10 s at once. No server, no work. */
export async function shutDown(cluster: string): Promise<void> {
  const found = await readPidFile(cluster);
  if (!found) return;
  // Fast shutdown ends connections and writes a checkpoint; the immediate one leaves recovery to the next start.
  if (await endWith('SIGINT', found.pid, cluster, 10_000)) return;
  if (await endWith('SIGQUIT', found.pid, cluster, 5_000)) return;
  throw new Error(`PostgreSQL (pid ${found.pid}) on ${cluster} does not stop.`);
}

async function endWith(signal: NodeJS.Signals, pid: number, cluster: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  if (!(await isPostmaster(pid, cluster))) return true;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  while (Date.now() < deadline) {
    if (!(await isPostmaster(pid, cluster))) return true;
    await sleep(10);
  }
  return false;
}
