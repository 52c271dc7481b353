import { randomBytes } from 'node:crypto';
import { chmod, chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './run-program.ts';

/** Name of the cluster's superuser. */
export const superuser = 'rollcall';

/** The superuser's password, kept in `dataDir/password`, mode 0600; made up before the first start. */
export async function obtainPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'password');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept) return kept.trim();
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  // The mode given above is not applied to a file that was there already, empty.
  await chmod(file, 0o600);
  return password;
}

/** Writes the password to a new file that only `account` can read, for initdb. */
export async function writePasswordFile(file: string, password: string, account: Account | undefined): Promise<void> {
  await writeFile(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (account) await chown(file, account.uid, account.gid);
}

/** The connection string of the superuser on the loopback port. */
export function superuserUrl(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}
