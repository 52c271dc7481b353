import { chown, mkdtemp, open, readdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterPath } from './place.ts';
import { type Account, runProgram } from './run-program.ts';
import { superuser, writePasswordFile } from './superuser.ts';

/**
 * Creates the cluster in `place` and makes it the one of `dataDir`; returns its folder.
 *
 * It gets its final name only when initdb is through, so a start that was cut off leaves no half cluster behind.
 */
export async function createCluster(options: {
  binaries: string;
  dataDir: string;
  place: string;
  password: string;
  account: Account | undefined;
}): Promise<string> {
  const { binaries, dataDir, place, password, account } = options;
  await removePartial(place);
  const partial = await mkdtemp(join(place, partialPrefix));
  const passwordFile = `${partial}.password`;
  try {
    await writePasswordFile(passwordFile, password, account);
    if (account) await chown(partial, account.uid, account.gid);
    await runProgram(join(binaries, 'initdb'), initdbOptions(partial, passwordFile), account);
  } catch (error) {
    await rm(place === dataDir ? partial : place, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
  const cluster = join(place, 'pgdata');
  await rename(partial, cluster);
  await syncFolder(place);
  if (place !== dataDir) await symlink(cluster, clusterPath(dataDir));
  await syncFolder(dataDir);
  return cluster;
}

const partialPrefix = 'pgdata.partial-';

// The initdb of a killed hub may still be writing there; then it is left for the next time.
async function removePartial(place: string): Promise<void> {
  for (const name of await readdir(place))
    if (name.startsWith(partialPrefix))
      await rm(join(place, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

function initdbOptions(folder: string, passwordFile: string): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorting that no update of the system's libraries can change under an index.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // Into postgresql.conf, where an operator may change them.
    ...['timezone=UTC', 'log_timezone=UTC', 'max_connections=100', 'shared_buffers=128MB'].flatMap((it) => [
      '--set',
      it,
    ]),
  ];
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
