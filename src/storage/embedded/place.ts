import { createHash } from 'node:crypto';
import { chmod, lstat, mkdtemp, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder } from './open-folder.ts';
import { isReachable } from './reachable.ts';
import type { Account } from './run-program.ts';

/** The cluster below `dataDir`: a folder, or a link to the place where it lives. */
export function clusterPath(dataDir: string): string {
  return join(dataDir, 'pgdata');
}

/** The real folder of the existing cluster, undefined before the first start; throws when its link leads nowhere. */
export async function findCluster(dataDir: string): Promise<string | undefined> {
  const path = clusterPath(dataDir);
  if (!(await lstat(path).catch(() => undefined))) return undefined;
  return realpath(path).catch((cause) => {
    throw new Error(`${path} is a link to a database that is gone. Restore it, or delete the link to start empty.`, {
      cause,
    });
  });
}

/**
 * The folder in which to create the cluster: `dataDir` itself wherever `account` can reach it.
 *
 * Below a private folder such as /root it cannot, and the mode of folders that are not ours is not ours to loosen. Then
 * the place is a new folder `<systemDir>/<hash of dataDir>-<random>`, and `dataDir/pgdata` becomes a link to it. Never an
 * older one: whoever deleted `dataDir` expects to start empty, and whoever did not will find the data named in the log.
 */
export async function choosePlace(
  dataDir: string,
  account: Account | undefined,
  systemDir: string,
  log: (message: string) => void,
): Promise<string> {
  if (!account || (await isReachable(dataDir, account))) return dataDir;
  await openFolder(systemDir);
  if (!(await isReachable(systemDir, account))) throw new Error(`${account.name} must be able to reach ${systemDir}.`);
  const prefix = `${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}-`;
  for (const older of (await readdir(systemDir)).filter((name) => name.startsWith(prefix)))
    log(`An older database of ${dataDir} is kept in ${join(systemDir, older)}.`);
  const place = await mkdtemp(join(systemDir, prefix));
  await chmod(place, 0o755);
  log(`${account.name} cannot reach ${dataDir}: the database lives in ${place}.`);
  return place;
}
