import { type Hub, run } from '../domain/command.ts';
import type { ChangedPhone, PhoneWatch } from '../domain/phones/phone-watch.ts';
import { recheckPhone } from '../domain/phones/recheck-phone.ts';
import { systemActor } from '../domain/system-actor.ts';
import { repeat } from './repeat.ts';

/** Time between two looks, in ms: about the longest that a person waits for the code to a changed number. */
const PAUSE_MS = 1_000;
const AT_ONCE = 100;

/** Looks at every verified number whose text has changed, once; one that fails holds up no other. */
async function recheckPhones(hub: Hub, phones: PhoneWatch, isOver: () => boolean): Promise<void> {
  const failures: unknown[] = [];
  let changed: ChangedPhone[];
  do {
    changed = await phones.changed(AT_ONCE);
    for (const { tenantId, userId, field } of changed) {
      if (isOver()) return;
      const call = { actor: systemActor(tenantId), requestId: 'recheck-phones' };
      await run(hub, call, recheckPhone, { userId, field }).catch((error) => failures.push(error));
    }
  } while (changed.length === AT_ONCE && failures.length === 0);
  if (failures.length > 0) throw failures[0];
}

/**
 * Does so now and every second, beside other hubs on the same database. What is to be looked at stays marked until it
 * was, so a restart misses nothing. Returns what ends it.
 */
export const keepRecheckingPhones = (hub: Hub, phones: PhoneWatch, onFailure: (error: unknown) => void) =>
  repeat(PAUSE_MS, (isOver) => recheckPhones(hub, phones, isOver), onFailure);
