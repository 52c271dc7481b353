import { readFile, stat } from 'node:fs/promises';
import type { Account } from './run-program.ts';

// A dedicated account first, then PostgreSQL's own (`_postgres` on macOS), then the one every system has.
const candidates = ['rollcall', 'postgres', '_postgres', 'nobody'];

/**
 * The account to run PostgreSQL as, or undefined to run it as the hub itself.
 *
 * PostgreSQL refuses root. Then an existing cluster runs as its owner, and a new one as the first existing account of
 * `rollcall`, `postgres`, `nobody`. A hub that is not root can only run a cluster it owns: any other throws.
 */
export async function chooseAccount(cluster: string | undefined): Promise<Account | undefined> {
  const owner = cluster && (await stat(cluster)).uid;
  const self = process.getuid!();
  if (self !== 0) {
    if (owner === undefined || owner === self) return undefined;
    throw new Error(`The database in ${cluster} belongs to uid ${owner}, but the hub runs as uid ${self}.`);
  }
  const known = await listAccounts();
  const chosen =
    owner === undefined
      ? candidates.map((name) => known.find((account) => account.name === name)).find(Boolean)
      : known.find((account) => account.uid === owner);
  if (chosen && chosen.uid !== 0) return chosen;
  throw new Error(
    owner === undefined
      ? 'PostgreSQL cannot run as root and no unprivileged account exists: add a user named rollcall, or set DATABASE_URL.'
      : `PostgreSQL cannot run as uid ${owner}, the owner of ${cluster}: give the folder to an existing user, not root.`,
  );
}

async function listAccounts(): Promise<Account[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n');
  return lines
    .filter((line) => line.includes(':') && !line.startsWith('#'))
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }));
}
