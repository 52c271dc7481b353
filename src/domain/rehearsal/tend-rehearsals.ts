import { type Call, type Hub } from '../command.ts';
import { goOn } from './set-rehearsal.ts';

/**
 * Goes on with rehearsals that the end of a process interrupted, and removes shadows that nobody uses and that nobody used
 * the last time either: sign-in believes for a second what was true. Returns those that are unused now.
 */
export async function tendRehearsals(
  hub: Hub,
  callIn: (tenantId: string) => Call,
  unusedBefore: ReadonlySet<string>,
  onFailure: (error: unknown) => void,
): Promise<Set<string>> {
  const { shadows } = hub.storage;
  const failures: unknown[] = [];
  for (const { tenantId, directoryId } of await shadows.unfinished())
    await goOn(hub, callIn(tenantId), directoryId).catch((error) => failures.push(error));
  const unused = await shadows.orphans();
  for (const shadowId of unused) if (unusedBefore.has(shadowId)) await shadows.remove(shadowId);
  // One that fails keeps nothing else from being done.
  if (failures.length > 0) onFailure(failures[0]);
  return new Set(unused);
}
