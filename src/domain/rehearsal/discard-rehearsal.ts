import type { Command, Context } from '../command.ts';
import type { Directory } from '../directories/directory-store.ts';
import { getDirectory } from '../directories/get-connected.ts';
import { event, type NewEvent } from '../event.ts';
import { getRehearsal, refused } from './get-rehearsal.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Ends a rehearsal and does nothing of it; its shadow is removed in the background. Returns the directory's stored id. */
export const discardRehearsal: Command<{ directory: string }, string> = {
  name: 'discardRehearsal',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, input) {
    const directory = await getDirectory(context.tx, input.directory);
    const rehearsal = await getRehearsal(context, directory);
    await discard(context, directory, rehearsal);
    return directory.id;
  },
};

/** Gives the directory back the state it had; refused while the rehearsal is being accepted. */
export async function discard(context: Context, directory: Directory, rehearsal: Rehearsal): Promise<void> {
  if (rehearsal.phase === 'ACCEPTING') throw refused(`The rehearsal of ${directory.name} is being accepted.`);
  const { tx, origin, policy } = context;
  await tx.rehearsals.end(rehearsal, rehearsal.stateBefore, policy, [discarded(origin, rehearsal)]);
}

const discarded = (origin: Context['origin'], { directoryId, stateBefore }: Rehearsal): NewEvent =>
  event(origin, 'directory.rehearsal.discarded', 'dir', directoryId, [
    { key: 'state', from: 'REHEARSAL', to: stateBefore },
  ]);
