import { demand } from '../actor.ts';
import { type Call, type Command, type Hub, run } from '../command.ts';
import { getDirectory } from '../directories/get-connected.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { closeNotice } from '../notices/raise-notice.ts';
import type { Batch, BrakeDecision } from './brake-store.ts';
import { endGroups, endMembers, keepTeams, restoreGroups, restoreMembers } from './release-groups.ts';
import { forgetCounted, releasePeople } from './release-person.ts';
import { brakeNotice } from './trip-brake.ts';

/** What an admin decided about all that the brake of a directory holds; `directory` is a wire id. */
export type Release = { directory: string; decision: BrakeDecision };

/**
 * Carries out what the brake holds, or takes it back with what led to it, and lets the brake go. In small parts: an
 * interrupted release is finished at the next start, or by asking again. Returns when all is done.
 */
export async function releaseBrake(hub: Hub, call: Call, input: Release): Promise<{ directoryId: string }> {
  const directoryId = await run(hub, call, decideBrake, input);
  await carryOut(hub, call, { directoryId, decision: input.decision });
  return { directoryId };
}

/** Finishes what was interrupted by the end of the process. */
export async function resumeReleases(hub: Hub, call: Call): Promise<void> {
  for (const batch of await run(hub, call, listUnfinished, undefined)) await carryOut(hub, call, batch);
}

const decideBrake: Command<Release, string> = {
  name: 'releaseBrake',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, actor, origin }, { directory: id, decision }) {
    demand(actor, 'users:write');
    const directory = await getDirectory(tx, id);
    if (directory.state !== 'BRAKED')
      throw new HubError('NOT_ALLOWED', `The brake of ${directory.name} is not on.`, { path: ['directory'] });
    const changes = [{ key: 'decision', from: null, to: decision }];
    const decided = event(origin, 'directory.brake.decided', 'dir', directory.id, changes);
    if (await tx.brakes.decide(directory.id, decision, decided)) return directory.id;
    const message = `Another decision about ${directory.name} is being carried out.`;
    throw new HubError('NOT_ALLOWED', message, { path: ['decision'] });
  },
};

/** Safe to repeat, and in two processes at once. Whatever the directory sends meanwhile is held, and then decided too. */
async function carryOut(hub: Hub, call: Call, batch: Batch): Promise<void> {
  const people = async () => {
    while (await run(hub, call, forgetCounted, batch));
    await releasePeople(hub, call, batch);
  };
  const all = async (command: Command<Batch, boolean>) => {
    while (await run(hub, call, command, batch));
  };
  do {
    if (batch.decision === 'RESTORE') await people();
    if (batch.decision === 'RESTORE') await all(restoreGroups);
    if (batch.decision === 'ALLOW_HELD') await all(keepTeams);
    await all(batch.decision === 'RESTORE' ? restoreMembers : endMembers);
    if (batch.decision === 'ALLOW_HELD') await all(endGroups);
    if (batch.decision === 'ALLOW_HELD') await people();
  } while (!(await run(hub, call, finishRelease, batch)));
}

const finishRelease: Command<Batch, boolean> = {
  name: 'releaseBrake',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, { directoryId, decision }) {
    const { tx, origin, policy } = context;
    if ((await tx.directories.find(directoryId))?.state !== 'BRAKED') return true;
    const changes = [
      { key: 'state', from: 'BRAKED', to: 'ACTIVE' },
      { key: 'decision', from: decision, to: null },
    ];
    const released = event(origin, 'directory.brake.released', 'dir', directoryId, changes);
    if (!(await tx.brakes.finish(directoryId, policy, released))) return false;
    await closeNotice(context, brakeNotice(directoryId));
    return true;
  },
};

const listUnfinished: Command<void, Batch[]> = {
  name: 'releaseBrake',
  needs: 'directories:write',
  atomicity: 'statement',
  perform: ({ tx }) => tx.brakes.unfinished(),
};
