import { open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The log of the server, `dataDir/postgres.log`. */
export function logPath(dataDir: string): string {
  return join(dataDir, 'postgres.log');
}

/** Sets a log of more than 10 MB aside as `postgres.log.1`; for use while no server writes to it. */
export async function rotateLog(dataDir: string): Promise<void> {
  const { size } = await stat(logPath(dataDir)).catch(() => ({ size: 0 }));
  if (size > 10_000_000) await rename(logPath(dataDir), `${logPath(dataDir)}.1`);
}

/** The last lines of the log that were written at or after the byte `from`. */
export async function readLogTail(dataDir: string, from = 0): Promise<string> {
  const handle = await open(logPath(dataDir), 'r').catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const start = Math.max(from, size - 4_000);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    await handle.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8').trim().split('\n').slice(-20).join('\n');
  } finally {
    await handle.close();
  }
}
