import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The port kept in `dataDir/port` if it is free, or else a new free one, kept from now on. */
export async function choosePort(dataDir: string): Promise<number> {
  const file = join(dataDir, 'port');
  const kept = Number(await readFile(file, 'utf8').catch(() => ''));
  if (isPort(kept) && (await isFree(kept))) return kept;
  for (let attempt = 0; attempt < 100; attempt++) {
    // Below the range from which systems take ports for outgoing connections, or it could be gone at the next start.
    const port = randomInt(20_000, 30_000);
    if (!(await isFree(port))) continue;
    await writeFile(file, `${port}\n`);
    return port;
  }
  throw new Error('No free port found between 20000 and 30000 on 127.0.0.1.');
}

/** Whether nothing listens on the loopback port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 1023 && port < 65_536;
}
