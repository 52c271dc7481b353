import { mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * Recreates the links between library versions that npm cannot pack.
 *
 * The package would do it in its install script, which does not run here.
 */
export async function restoreLibraryLinks(native: string): Promise<void> {
  const listed = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of listed) {
    // Listed as `native/lib/…`, whatever the folder is called here; links are relative so that it can move.
    const link = join(native, relative('native', target));
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(target), source), link).catch(ignoreExisting);
  }
}

interface Link {
  source: string;
  target: string;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
