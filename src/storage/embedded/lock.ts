import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** A held lock; the operating system releases it when the process ends, however it ends. */
export interface Lock {
  release(): void;
}

// A lock lives as long as its handle: kept here, it cannot be garbage collected away.
const held = new Set<DatabaseSync>();

/**
 * Takes the lock on `file` for one holder (`exclusive`) or for any number (`shared`); undefined if it is taken.
 *
 * SQLite is used for nothing but its file locks. Node offers no flock, and files with process ids in them go stale on
 * kill -9 and cannot be taken over without a race. Nothing is ever written to the file.
 */
export function tryLock(file: string, mode: 'exclusive' | 'shared'): Lock | undefined {
  const handle = new DatabaseSync(file);
  try {
    handle.exec(mode === 'exclusive' ? 'BEGIN EXCLUSIVE' : 'BEGIN');
    // A plain BEGIN locks nothing before the first read.
    if (mode === 'shared') handle.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    handle.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  held.add(handle);
  return {
    release() {
      if (held.delete(handle)) handle.close();
    },
  };
}

/** As `tryLock`, but waits for the lock; throws after `timeoutMs`. */
export async function takeLock(file: string, mode: 'exclusive' | 'shared', timeoutMs: number): Promise<Lock> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const lock = tryLock(file, mode);
    if (lock) return lock;
    if (Date.now() > deadline) throw new Error(`Another process has held ${file} for ${timeoutMs / 1000} s.`);
    await sleep(25);
  }
}

const SQLITE_BUSY = 5;
