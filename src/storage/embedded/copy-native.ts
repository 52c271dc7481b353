import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { restoreLibraryLinks } from './library-links.ts';
import { openFolder } from './open-folder.ts';

/**
 * Copies the binaries to `target`, readable by everyone and writable by their owner only.
 *
 * The copy appears under its final name only when complete; of two copiers the first wins.
 */
export async function copyNative(native: string, target: string): Promise<void> {
  await openFolder(dirname(target));
  const partial = await mkdtemp(`${target}.partial-`);
  try {
    await copyFolder(native, partial);
    await restoreLibraryLinks(partial);
    await rename(partial, target).catch(ignoreExisting);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  // Said with chmod, because a strict umask would lock the other account out.
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isDirectory()) await copyFolder(join(from, entry.name), join(to, entry.name));
    // Static archives serve compilers; links are recreated from their list.
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(join(from, entry.name), join(to, entry.name));
      await chmod(join(to, entry.name), from.endsWith('bin') ? 0o755 : 0o644);
    }
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
