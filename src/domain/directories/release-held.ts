import type { Command, Context } from '../command.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { handOver } from '../users/hand-over.ts';
import type { Person } from '../users/person.ts';
import type { DisconnectPlan } from './directory-store.ts';

/** How many people one transaction lets go: their rows are locked for that long. */
const PEOPLE = 100;
const GROUPS = 20;

/** Lets the next people of a disconnected directory go as its plan says; false when that was the last of them. */
export const releasePeople: Command<{ directoryId: string }, boolean> = {
  name: 'releasePeople',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, { directoryId }) {
    const { tx, origin } = context;
    const progress = await tx.disconnects.lock(directoryId);
    if (!progress) return false;
    const { plan, upTo } = progress;
    const userIds = await tx.disconnects.lockPeople(directoryId, upTo, PEOPLE);
    if (userIds.length === 0) return false;
    // A statement of its own: the one that waited for the rows would see who held them before.
    const elsewhere = new Set(await tx.disconnects.heldElsewhere(userIds));
    const alone = userIds.filter((id) => !elsewhere.has(id));
    if (alone.length > 0) await tx.disconnects.release(directoryId, alone, plan, origin);
    for (const person of elsewhere.size > 0 ? await tx.users.findAll([...elsewhere]) : [])
      await leaveToOthers(context, directoryId, person, plan);
    await tx.disconnects.advance(directoryId, userIds.at(-1)!);
    return userIds.length === PEOPLE;
  },
};

/** Whom another directory holds stays, whatever the plan; only DELETE takes what the directory had said of them. */
async function leaveToOthers(
  context: Context,
  directoryId: string,
  person: Person,
  plan: DisconnectPlan,
): Promise<void> {
  const { tx, origin, policy } = context;
  const source = person.sources.find((candidate) => candidate.id === directoryId)!;
  const isEnded = plan === 'DELETE';
  if (isEnded) source.link!.endedAt = origin.at;
  const changes = await handOver(context, person, source);
  changes.push({ key: 'directory', from: wireId('dir', directoryId), to: null });
  person.updatedAt = origin.at;
  const unlinked = event(origin, 'user.unlinked', 'usr', person.id, changes);
  await tx.users.save(person, isEnded ? source : null, unlinked, policy);
}

/** Frees or removes the next groups' teams as the plan says; false when those were the last. */
export const releaseGroups: Command<{ directoryId: string }, boolean> = {
  name: 'releaseGroups',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, origin }, { directoryId }) {
    const progress = await tx.disconnects.lock(directoryId);
    if (!progress) return false;
    const release = progress.plan === 'DELETE' ? tx.disconnects.removeGroups : tx.disconnects.freeTeams;
    return (await release(directoryId, GROUPS, origin)) === GROUPS;
  },
};
