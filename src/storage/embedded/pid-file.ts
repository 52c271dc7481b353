import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `postmaster.pid` says about a server, whether or not it still runs. */
export interface Postmaster {
  pid: number;
  /** Undefined in the first moments of its life. */
  port: number | undefined;
}

/** Path of the file in which a server says that it runs on `cluster`. */
export function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

/** Reads `postmaster.pid`; undefined when there is none, or none that can be understood. */
export async function readPidFile(cluster: string): Promise<Postmaster | undefined> {
  // Lines, from miscadmin.h: pid, data directory, start time, port, socket folder, address, shared memory, status.
  const lines = (await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return { pid, port: Number(lines[3]) || undefined };
}
