import { fillSeats } from '../admission/conclude-standing.ts';
import type { Command, Context } from '../command.ts';
import type { Origin } from '../event.ts';
import { centralTeamId } from '../groups/team-mode.ts';
import { wireId } from '../ids.ts';
import type { Tx } from '../tx.ts';
import { handOver } from '../users/hand-over.ts';
import type { DisconnectPlan } from './directory-store.ts';
import type { HandedOver } from './disconnect-store.ts';

/** How many people one transaction lets go: their rows are locked for that long. */
const PEOPLE = 100;
const GROUPS = 20;

/** Lets the next people of a disconnected directory go as its plan says; false when that was the last of them. */
export const releasePeople: Command<{ directoryId: string }, boolean> = {
  name: 'releasePeople',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, { directoryId }) {
    const { tx, origin, policy } = context;
    const progress = await tx.disconnects.lock(directoryId);
    if (!progress) return false;
    const { plan, upTo } = progress;
    const userIds = await tx.disconnects.lockPeople(directoryId, upTo, PEOPLE);
    if (userIds.length === 0) return false;
    // A statement of its own: the one that waited for the rows would see who held them before.
    const elsewhere = new Set(await tx.disconnects.heldElsewhere(userIds));
    const alone = userIds.filter((id) => !elsewhere.has(id));
    if (alone.length > 0) await tx.disconnects.release(directoryId, alone, plan, origin);
    if (elsewhere.size > 0) await leaveToOthers(context, directoryId, [...elsewhere], plan);
    await tx.disconnects.advance(directoryId, userIds.at(-1)!);
    if (plan === 'DELETE' && policy.seatLimit !== null) await fillSeats(context);
    return userIds.length === PEOPLE;
  },
};

/** Whom another directory holds stays, whatever the plan; only DELETE takes what the directory had said of them. */
async function leaveToOthers(
  context: Context,
  directoryId: string,
  userIds: string[],
  plan: DisconnectPlan,
): Promise<void> {
  const { tx, origin, policy } = context;
  const isEnded = plan === 'DELETE';
  const claimed = new Set<string>();
  const people: HandedOver[] = [];
  for (const person of await tx.users.findAll(userIds)) {
    const source = person.sources.find((candidate) => candidate.id === directoryId)!;
    if (isEnded) source.link!.endedAt = origin.at;
    const changes = await handOver(context, person, source, claimed);
    changes.push({ key: 'directory', from: wireId('dir', directoryId), to: null });
    people.push({ person, changes });
  }
  await tx.disconnects.handOver(people, isEnded ? directoryId : null, policy, origin);
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
    if ((await release(directoryId, GROUPS, origin)) === GROUPS) return true;
    await releaseCentral(tx, directoryId, progress.plan, origin);
    return false;
  },
};

async function releaseCentral(tx: Tx, directoryId: string, plan: DisconnectPlan, origin: Origin): Promise<void> {
  const team = { id: centralTeamId(directoryId) };
  if (!(await tx.projections.lockCentral(team))) return;
  if (plan === 'DELETE') await tx.projections.dropCentral(team, origin);
  else await tx.projections.keepCentral(team, origin);
}
