import { HubError, notFound } from '../errors.ts';
import { uuidOf } from '../ids.ts';
import type { Tx } from '../tx.ts';
import type { Directory } from './directory-store.ts';

/** The directory of that wire id, whatever its state; throws NOT_FOUND. */
export async function getDirectory(tx: Tx, id: string): Promise<Directory> {
  const uuid = uuidOf('dir', id);
  const directory = uuid && (await tx.directories.find(uuid));
  if (!directory) throw notFound('directory', id);
  return directory;
}

/** The directory of that wire id; throws NOT_FOUND, and NOT_ALLOWED when it is disconnected for good. */
export async function getConnected(tx: Tx, id: string): Promise<Directory> {
  const directory = await getDirectory(tx, id);
  if (directory.state === 'DISCONNECTED') {
    throw new HubError('NOT_ALLOWED', `${directory.name} is disconnected; connect a new directory instead.`, {
      path: ['directory'],
    });
  }
  return directory;
}
