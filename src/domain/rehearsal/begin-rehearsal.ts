import { actorName } from '../acting.ts';
import type { Command } from '../command.ts';
import { getConnected } from '../directories/get-connected.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import { refused } from './get-rehearsal.ts';
import type { Rehearsal } from './rehearsal.ts';

/**
 * Takes a directory off the tenant: from now on none of its writes gets through. Returns its stored id; for one whose copy
 * is under way, too.
 */
export const beginRehearsal: Command<{ directory: string }, string> = {
  name: 'setRehearsal',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, actor, origin, policy }, input) {
    const { id, name, state } = await getConnected(tx, input.directory);
    const known = await tx.rehearsals.lock(id);
    if (known?.phase === 'COPYING') return id;
    if (known) throw refused(`${name} is in rehearsal already.`);
    if (state !== 'DRAFT' && state !== 'ACTIVE') throw refused(`${name} is ${state}; only an active one rehearses.`);
    const shadowId = newId();
    const begun: Rehearsal = {
      directoryId: id,
      shadowId,
      phase: 'COPYING',
      stateBefore: state,
      startedAt: origin.at,
      openedXact: null,
    };
    const changes = [{ key: 'state', from: state, to: 'REHEARSAL' }];
    const started = event(origin, 'directory.rehearsal.started', 'dir', id, changes);
    await tx.rehearsals.begin(begun, actorName(actor), policy, started);
    return id;
  },
};
