import { concludeStanding, standingOf } from '../admission/conclude-standing.ts';
import { type Call, type Command, type Context, type Hub, run } from '../command.ts';
import { type Change, event } from '../event.ts';
import type { Policy } from '../policy.ts';
import { keepsLastOwner } from '../roles/last-owner.ts';
import { deletePerson, rolesGone } from '../users/deprovision-user.ts';
import { erasePerson } from '../users/erase-user.ts';
import { governor, type Person } from '../users/person.ts';
import type { Deadlines, DuePerson } from './due-people.ts';

const BATCH = 100;
const DAY_SECONDS = 86_400;
/** How long a deleted person can be restored. */
const TOMBSTONE_DAYS = 30;

/**
 * Ends what has waited for long enough: people who never got into a group, or lost their last one, and people whom their
 * directory disabled long ago. Each is looked at again when it is done, so that any number of processes may do this.
 */
export async function sweepPeople(hub: Hub, call: Call): Promise<void> {
  const deadlines = deadlinesOf(await hub.storage.policy(call.actor.tenantId, false));
  if (Object.values(deadlines).every((list) => list.length === 0)) return;
  for (const due of await run(hub, call, findDue, deadlines)) await run(hub, call, endDue, due);
}

/** Erases people who were deleted too long ago to be restored. */
export async function sweepTombstones(hub: Hub, call: Call): Promise<void> {
  while ((await run(hub, call, eraseOld, undefined)) === BATCH);
}

function deadlinesOf({ directories }: Policy): Deadlines {
  const live = [...directories].filter(([, { state }]) => state === 'ACTIVE');
  const gates = live.filter(([, { policy }]) => policy.membershipGate);
  const losses = live.filter(([, { policy }]) => policy.onLastGroupLost !== 'KEEP');
  const removals = live.filter(([, { policy }]) => policy.removeAfterDeactivatedDays !== null);
  const graceOf = ([directoryId, { policy }]: (typeof live)[number]) => ({
    directoryId,
    seconds: policy.gateGraceSeconds,
  });
  return {
    gates: gates.map(graceOf),
    losses: losses.map(graceOf),
    removals: removals.map(([directoryId, { policy }]) => ({
      directoryId,
      seconds: policy.removeAfterDeactivatedDays! * DAY_SECONDS,
    })),
  };
}

const findDue: Command<Deadlines, DuePerson[]> = {
  name: 'sweepPeople',
  needs: 'users:write',
  atomicity: 'statement',
  perform: ({ tx }, deadlines) => tx.sweeps.due(deadlines, BATCH),
};

const endDue: Command<DuePerson, void> = {
  name: 'sweepPeople',
  needs: 'users:write',
  atomicity: 'transaction',
  async perform(context, due) {
    const person = await context.tx.history.lock(due.userId, []);
    if (!person || !(await isStillDue(context, person, due)) || (await keepsLastOwner(context, person))) return;
    const told: Change = { key: 'reason', from: null, to: due.reason, attribute: true };
    const { onLastGroupLost } = context.policy.directories.get(due.directoryId!)!.policy;
    if (due.reason === 'LAST_GROUP_LOST' && onLastGroupLost === 'DEACTIVATE') return shutOut(context, person, told);
    const roles = person.sources.flatMap(({ link }) => (link && !link.endedAt ? rolesGone(link) : []));
    await deletePerson(context, person, null, [told, ...roles]);
  },
};

/** What was found due may have come in, gone, or got into a group since. */
async function isStillDue({ tx }: Context, person: Person, { directoryId, reason }: DuePerson): Promise<boolean> {
  if (governor(person)?.id !== directoryId) return false;
  if (reason === 'DEACTIVATED') return person.status === 'DEACTIVATED';
  if (reason === 'NO_GROUP' && person.waitsFor !== 'GROUP') return false;
  if (reason === 'LAST_GROUP_LOST' && person.status === 'DEACTIVATED') return false;
  return !(await tx.groups.isInAny(directoryId!, person.id));
}

/** Takes access from who lost their last group; the next one brings it back. */
async function shutOut(context: Context, person: Person, told: Change): Promise<void> {
  const { tx, origin, policy } = context;
  const before = standingOf(person);
  person.status = 'DEACTIVATED';
  person.waitsFor = 'GROUP';
  person.statusAt = origin.at;
  person.updatedAt = origin.at;
  const changes = [{ key: 'status', from: before.status, to: 'DEACTIVATED' }, told];
  await tx.users.save(person, null, event(origin, 'user.deactivated', 'usr', person.id, changes), policy);
  await concludeStanding(context, before, person);
}

const eraseOld: Command<void, number> = {
  name: 'sweepTombstones',
  needs: 'users:erase',
  atomicity: 'transaction',
  async perform(context) {
    const ids = await context.tx.sweeps.tombstones(TOMBSTONE_DAYS * DAY_SECONDS, BATCH);
    for (const id of ids) {
      const person = await context.tx.history.lock(id, []);
      if (person) await erasePerson(context, person);
    }
    return ids.length;
  },
};
