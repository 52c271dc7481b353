import { setTimeout as pause } from 'node:timers/promises';
import { type Call, type Command, type Hub, run } from '../command.ts';
import { acceptRehearsal, applyRehearsal } from './accept-rehearsal.ts';
import { beginRehearsal } from './begin-rehearsal.ts';
import { fillShadow } from './fill-shadow.ts';
import type { Rehearsal } from './rehearsal.ts';

/** `directory` is a wire id. */
export type RehearsalSwitch = { directory: string; on: boolean };

const POLL_MS = 200;

/**
 * On: from now on the directory is answered from a copy of the tenant. Off: what it would have done is done. Returns when
 * all is done; what the end of a process interrupts is gone on with in the background, or by asking again.
 */
export async function setRehearsal(hub: Hub, call: Call, { directory, on }: RehearsalSwitch) {
  const directoryId = await run(hub, call, on ? beginRehearsal : acceptRehearsal, { directory });
  while (!(await goOn(hub, call, directoryId))) await pause(POLL_MS);
  return { directoryId };
}

/** Finishes what was begun of a directory's rehearsal; false when another process is doing so. */
export const goOn = (hub: Hub, call: Call, directoryId: string): Promise<boolean> =>
  hub.storage.shadows.alone(directoryId, async () => {
    const rehearsal = await run(hub, call, findRehearsal, { directoryId });
    if (rehearsal?.phase === 'COPYING') await fillShadow(hub, call, directoryId);
    if (rehearsal?.phase === 'ACCEPTING') await applyRehearsal(hub, call, rehearsal);
  });

const findRehearsal: Command<{ directoryId: string }, Rehearsal | null> = {
  name: 'findRehearsal',
  needs: 'directories:write',
  atomicity: 'statement',
  perform: ({ tx }, { directoryId }) => tx.rehearsals.lock(directoryId),
};
