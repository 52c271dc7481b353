import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlatformPackage } from './platform-package.ts';

/** Throws when the cluster was made by another major version than the one installed. */
export async function checkMajorVersion(cluster: string, installed: PlatformPackage): Promise<void> {
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (found === installed.major) return;
  throw new Error(
    `The database in ${cluster} was made by PostgreSQL ${found}, but PostgreSQL ${installed.major} is installed. ` +
      `Dump it with ${found} and restore it into an empty folder, or set DATABASE_URL.`,
  );
}
