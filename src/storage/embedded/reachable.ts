import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Account } from './run-program.ts';

/**
 * Whether `account` may walk from the root down into `folder`.
 *
 * Mode bits only: an access list that would allow it is not seen, which errs on the safe side.
 */
export async function isReachable(folder: string, account: Account): Promise<boolean> {
  let current = await realpath(folder);
  for (;;) {
    const { mode, uid, gid } = await stat(current);
    const search = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & search) === 0) return false;
    if (current === dirname(current)) return true;
    current = dirname(current);
  }
}
