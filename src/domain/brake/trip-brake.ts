import type { Context } from '../command.ts';
import { event } from '../event.ts';
import { raiseNotice } from '../notices/raise-notice.ts';
import type { DirectoryState, Policy } from '../policy.ts';
import type { Count, Counted } from './brake-store.ts';

/** Trips the brake in the transaction of the write that was too much, which goes on under the policy of the result. */
export async function tripBrake(context: Context, reason: Counted, most: number, { counted }: Count): Promise<Context> {
  const { tx, actor, origin, policy } = context;
  const directoryId = actor.directoryId!;
  const changes = [
    { key: 'state', from: 'ACTIVE', to: 'BRAKED' },
    { key: 'reason', from: null, to: reason },
    { key: 'counted', from: null, to: counted },
    { key: 'limit', from: null, to: most },
  ];
  const tripped = event(origin, 'directory.braked', 'dir', directoryId, changes);
  await tx.brakes.trip(directoryId, reason, most, policy, tripped);
  await raiseNotice(context, { ...brakeNotice(directoryId), facts: { directory: actor.label } });
  return { ...context, policy: { ...withState(policy, directoryId, 'BRAKED'), version: policy.version + 1 } };
}

/** What people are told of while a brake is on. */
export const brakeNotice = (directoryId: string) => ({ kind: 'BRAKE' as const, directoryId, dedupeKey: directoryId });

/** The policy with that directory in that state. */
export function withState(policy: Policy, directoryId: string, state: DirectoryState): Policy {
  const directory = policy.directories.get(directoryId)!;
  return { ...policy, directories: new Map(policy.directories).set(directoryId, { ...directory, state }) };
}
