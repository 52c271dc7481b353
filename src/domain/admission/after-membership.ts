import type { Context } from '../command.ts';
import { event } from '../event.ts';
import { demandTransaction } from '../one-transaction.ts';
import { directoryPolicy, type Policy } from '../policy.ts';
import { comingName, concludeStanding, standingOf } from './conclude-standing.ts';
import { settleStanding } from './settle-standing.ts';

/** True where being in a group decides over anybody's access. */
export function watchesGroups(policy: Policy, directoryId: string): boolean {
  const { membershipGate, onLastGroupLost } = directoryPolicy(policy, directoryId);
  return membershipGate || onLastGroupLost !== 'KEEP';
}

/** Where somebody may come in or go because of it, a change of members and what follows hold together. */
export function demandWatched({ tx, policy }: Context, directoryId: string): void {
  if (watchesGroups(policy, directoryId)) demandTransaction(tx);
}

/** People have been put into a group: whoever waited for one comes in (seeds S16), or waits for a seat (seeds S25). */
export async function afterJoining(context: Context, directoryId: string, userIds: readonly string[]): Promise<void> {
  const { tx, origin, policy } = context;
  if (userIds.length === 0 || !watchesGroups(policy, directoryId)) return;
  await tx.groups.noteGroups(directoryId, userIds, origin.at);
  for (const person of await tx.users.findWaitingForGroup(userIds)) {
    const source = person.sources.find(({ id }) => id === directoryId);
    const before = standingOf(person);
    const changes = await settleStanding(context, person, source?.link?.active ?? false, 'PARKED');
    if (changes.length === 0) continue;
    person.updatedAt = origin.at;
    await tx.users.save(person, null, event(origin, comingName(changes), 'usr', person.id, changes), policy);
    await concludeStanding(context, before, person);
  }
}

/** People have been taken out of a group: from when they are in none is noted, for the time of grace (seeds S17). */
export async function afterLeaving(context: Context, directoryId: string, userIds: readonly string[]): Promise<void> {
  const { tx, origin, policy } = context;
  if (userIds.length > 0 && watchesGroups(policy, directoryId))
    await tx.groups.noteGroups(directoryId, userIds, origin.at);
}
