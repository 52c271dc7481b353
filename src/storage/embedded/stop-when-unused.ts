import { join } from 'node:path';
import { takeLock, tryLock } from './lock.ts';
import { findCluster } from './place.ts';
import { shutDown } from './shutdown.ts';

/** Held by the one hub that is starting or stopping the server. */
export function turnFile(dataDir: string): string {
  return join(dataDir, 'turn.lock');
}

/** Held, shared, by every hub that uses the server; so a count that survives the death of any of them. */
export function usersFile(dataDir: string): string {
  return join(dataDir, 'users.lock');
}

/** Stops the server of `dataDir` unless a live hub uses it; says whether the server is stopped. */
export async function stopWhenUnused(dataDir: string): Promise<boolean> {
  const turn = await takeLock(turnFile(dataDir), 'exclusive', 120_000);
  try {
    const alone = tryLock(usersFile(dataDir), 'exclusive');
    if (!alone) return false;
    try {
      const cluster = await findCluster(dataDir);
      if (cluster) await shutDown(cluster);
      return true;
    } finally {
      alone.release();
    }
  } finally {
    turn.release();
  }
}
