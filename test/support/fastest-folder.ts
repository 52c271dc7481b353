import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';

/** Where Linux keeps files in memory. */
export const inMemory = '/dev/shm';

/**
 * The best parent for folders with a database: memory where there is room, or else the temporary folder.
 *
 * A database is 300 files, and copied ten times faster there. Containers often have 64 MB only.
 */
export async function fastestFolder(): Promise<string> {
  const room = await statfs(inMemory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return room > 2_000_000_000 ? inMemory : tmpdir();
}
