import { execFile } from 'node:child_process';
import { readFile, readlink, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

/** Whether some process has this id, whichever it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether the process is a PostgreSQL server at work on `cluster` (its real path).
 *
 * An id alone proves nothing: after a restart of the machine it may be anyone's. And a dead process that nobody has
 * collected yet (common in containers) still has an id, but neither arguments nor a working folder.
 */
export async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') {
    const shown = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => undefined);
    return shown?.stdout.includes(`-D ${cluster}`) ?? false;
  }
  const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  if (basename(args[0]!) !== 'postgres') return false;
  // A server works in its data folder; in a container even root may not ask for that of another account.
  const folder = (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) ?? (await dataFolder(args));
  return folder === cluster;
}

async function dataFolder(args: string[]): Promise<string | undefined> {
  const flag = args.indexOf('-D');
  return flag < 0 ? undefined : realpath(args[flag + 1] ?? '').catch(() => undefined);
}
