import { type Hub, run } from '../domain/command.ts';
import type { DueDirectories } from '../domain/health/health-store.ts';
import { lookAfterDirectory } from '../domain/health/look-after.ts';
import { systemActor } from '../domain/system-actor.ts';
import { repeat } from './repeat.ts';

/** Time between two questions which directories are due, in ms. */
const PAUSE_MS = 1_000;
const AT_ONCE = 100;

/** Looks after the directories of every tenant that are due, beside other hubs on the same database. Returns what ends it. */
export const lookAfterDirectories = (hub: Hub, directories: DueDirectories, onFailure: (error: unknown) => void) =>
  repeat(PAUSE_MS, (isOver) => look(hub, directories, isOver), onFailure);

/** One that fails must not keep the others from being looked after. */
async function look(hub: Hub, directories: DueDirectories, isOver: () => boolean): Promise<void> {
  const failures: unknown[] = [];
  for (const { tenantId, directoryId } of await directories.due(AT_ONCE)) {
    if (isOver()) return;
    const call = { actor: systemActor(tenantId), requestId: 'look-after' };
    await run(hub, call, lookAfterDirectory, { directoryId }).catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
