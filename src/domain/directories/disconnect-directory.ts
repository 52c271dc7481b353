import { demand } from '../actor.ts';
import { type Call, type Command, type Context, type Hub, run } from '../command.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import type { Policy } from '../policy.ts';
import { discard } from '../rehearsal/discard-rehearsal.ts';
import { keepingAnOwner } from '../roles/last-owner.ts';
import { recomputeAll } from '../rules/set-field-rules.ts';
import type { Directory, DisconnectPlan } from './directory-store.ts';
import { endCredentials } from './end-credentials.ts';
import { getDirectory } from './get-connected.ts';
import { releaseGroups, releasePeople } from './release-held.ts';

/**
 * Disconnects a directory for good. What it signs in by ends and its fields are free as the first thing, in one
 * transaction; what becomes of its people and groups follows in batches, and an interrupted one is finished at the next
 * start, or by asking again. Returns when all is done.
 */
export async function disconnectDirectory(
  hub: Hub,
  call: Call,
  input: Disconnection,
): Promise<{ directoryId: string }> {
  const directoryId = await run(hub, call, beginDisconnect, input);
  await finishDisconnect(hub, call, directoryId);
  return { directoryId };
}

/** Finishes what was interrupted by the end of the process. */
export async function resumeDisconnects(hub: Hub, call: Call): Promise<void> {
  for (const directoryId of await run(hub, call, listUnfinished, undefined))
    await finishDisconnect(hub, call, directoryId);
}

/** `id` is a wire id. */
export type Disconnection = { id: string; plan: DisconnectPlan };

const beginDisconnect: Command<Disconnection, string> = {
  name: 'disconnectDirectory',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, { id, plan }) {
    const { tx, actor, origin } = context;
    if (plan !== 'KEEP_MANUAL') demand(actor, 'users:write');
    const directory = await getDirectory(tx, id);
    if (directory.state === 'DISCONNECTED') {
      if (directory.disconnecting === plan) return directory.id;
      throw new HubError('NOT_ALLOWED', `${directory.name} is disconnected already.`, { path: ['id'] });
    }
    if (directory.state === 'BRAKED') {
      const message = `The brake of ${directory.name} holds changes; decide about them with releaseBrake first.`;
      throw new HubError('BRAKE_ENGAGED', message, { path: ['id'] });
    }
    const policy = await endRehearsal(context, directory);
    const changes = [
      { key: 'state', from: directory.state, to: 'DISCONNECTED' },
      { key: 'plan', from: null, to: plan },
    ];
    const disconnected = event(origin, 'directory.disconnected', 'dir', directory.id, changes);
    const begin = () => tx.disconnects.begin(directory, plan, policy, disconnected);
    await keepingAnOwner(context, begin, plan === 'KEEP_MANUAL' ? undefined : directory.id);
    await endCredentials(context, directory.id);
    return directory.id;
  },
};

/** What was only rehearsed is nothing that could stay. Returns the policy that then stands. */
async function endRehearsal(context: Context, directory: Directory): Promise<Policy> {
  const { tx, policy } = context;
  const rehearsal = await tx.rehearsals.lock(directory.id);
  if (!rehearsal) return policy;
  await discard(context, directory, rehearsal);
  return { ...policy, version: policy.version + 1 };
}

/** Safe to repeat, and to run in two processes at once: each batch begins where the last one ended. */
async function finishDisconnect(hub: Hub, call: Call, directoryId: string): Promise<void> {
  const trusted = {
    ...call,
    actor: { ...call.actor, scopes: new Set([...call.actor.scopes, 'rules:write'] as const) },
  };
  // Also waits for every write that was computed while the directory was connected.
  await recomputeAll(hub, trusted);
  while (await run(hub, call, releasePeople, { directoryId }));
  while (await run(hub, call, releaseGroups, { directoryId }));
  await run(hub, call, markFinished, { directoryId });
}

const markFinished: Command<{ directoryId: string }, void> = {
  name: 'finishDisconnect',
  needs: 'directories:write',
  atomicity: 'statement',
  perform: ({ tx }, { directoryId }) => tx.disconnects.finish(directoryId),
};

const listUnfinished: Command<void, string[]> = {
  name: 'listUnfinishedDisconnects',
  needs: 'directories:write',
  atomicity: 'statement',
  perform: ({ tx }) => tx.disconnects.unfinished(),
};
