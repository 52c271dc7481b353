import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Creates `folder`, with parents, for others to walk through; folders that were there keep their mode. */
export async function openFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  // Said with chmod, because a strict umask would lock the other account out.
  for (let made = folder; first && made.length >= first.length; made = dirname(made)) await chmod(made, 0o755);
}
