import { type Call, type Command, type Hub, run } from '../command.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';

const LONGEST_SETTLE_MS = 30_000;

/**
 * Makes the shadow and answers the directory from it. What was interrupted is begun anew with another shadow: a copy is of
 * one moment, or it is none.
 */
export async function fillShadow(hub: Hub, call: Call, directoryId: string): Promise<void> {
  const shadowId = newId();
  if (!(await run(hub, call, renewShadow, { directoryId, shadowId }))) return;
  await run(hub, call, settleWrites, undefined);
  await hub.storage.shadows.fill(call.actor.tenantId, directoryId, shadowId);
  await run(hub, call, openShadow, { directoryId, shadowId });
}

/** Waits for whoever began to write before the directory was taken off. */
export const settleWrites: Command<void, void> = {
  name: 'settleWrites',
  needs: 'directories:write',
  atomicity: 'statement',
  async perform({ tx }) {
    if (await tx.rehearsals.settleWrites(LONGEST_SETTLE_MS)) return;
    throw new Error('Writes from before the rehearsal are still running.');
  },
};

type Shadow = { directoryId: string; shadowId: string };

const renewShadow: Command<Shadow, boolean> = {
  name: 'renewShadow',
  needs: 'directories:write',
  atomicity: 'statement',
  perform: ({ tx }, { directoryId, shadowId }) => tx.rehearsals.renew(directoryId, shadowId),
};

const openShadow: Command<Shadow, boolean> = {
  name: 'openShadow',
  needs: 'directories:write',
  atomicity: 'transaction',
  perform: ({ tx, origin }, { directoryId, shadowId }) =>
    tx.rehearsals.open(directoryId, shadowId, event(origin, 'directory.rehearsal.opened', 'dir', directoryId)),
};
