import { comingName, concludeStanding, standingOf } from '../admission/conclude-standing.ts';
import { settleStanding } from '../admission/settle-standing.ts';
import { type Call, type Command, type Context, type Hub, run } from '../command.ts';
import { HubError, StaleWrite } from '../errors.ts';
import { event } from '../event.ts';
import type { Policy } from '../policy.ts';
import { carryOutDeletion, deletePerson, rolesGone } from '../users/deprovision-user.ts';
import type { Person } from '../users/person.ts';
import type { Batch, BrakePerson } from './brake-store.ts';
import { restorePerson } from './restore-person.ts';
import { withState } from './trip-brake.ts';

const COUNTED = 5_000;
const PEOPLE = 200;
/** People at once: each is a transaction of its own. */
const LANES = 4;

type Release = Batch & BrakePerson;

/** Forgets the next people of whom nothing is to be done; false when there are none. */
export const forgetCounted: Command<Batch, boolean> = {
  name: 'releaseBrake',
  needs: 'users:write',
  atomicity: 'statement',
  perform: async ({ tx }, { directoryId, decision }) =>
    (await tx.brakes.forgetCounted(directoryId, decision, COUNTED)) > 0,
};

/** Releases everybody who is held, or counted in what led to it. */
export async function releasePeople(hub: Hub, call: Call, batch: Batch): Promise<void> {
  for (;;) {
    const people = await run(hub, call, listNext, batch);
    if (people.length === 0) return;
    const waiting = people.values();
    const work = async () => {
      for (const person of waiting) await releaseOne(hub, call, { ...batch, ...person });
    };
    await Promise.all(Array.from({ length: LANES }, work));
  }
}

/**
 * For who cannot be set back, because of what happened since, what is held is carried out; who may not go either stays as
 * they are. Refusals are in the log.
 */
async function releaseOne(hub: Hub, call: Call, release: Release): Promise<void> {
  for (const decision of [release.decision, 'ALLOW_HELD'] as const) {
    try {
      return await run(hub, call, releasePerson, { ...release, decision });
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
    }
  }
  await run(hub, call, forgetPerson, release);
}

const listNext: Command<Batch, BrakePerson[]> = {
  name: 'releaseBrake',
  needs: 'users:write',
  atomicity: 'statement',
  perform: ({ tx }, { directoryId }) => tx.brakes.next(directoryId, PEOPLE),
};

const releasePerson: Command<Release, void> = {
  name: 'releaseBrake',
  needs: 'users:write',
  atomicity: 'transaction',
  async perform(given, { directoryId, kind, userId, decision }) {
    const { tx } = given;
    // What is remembered may be older than the directory.
    if (!given.policy.directories.has(directoryId)) throw new StaleWrite();
    const claimed = await tx.brakes.claim(directoryId, kind, userId);
    if (!claimed) return;
    const context = { ...given, policy: asReleased(given.policy, directoryId) };
    const takesBack = decision === 'RESTORE' && kind === 'LOSS';
    if (takesBack) await restorePerson(context, directoryId, userId);
    // Who is held even then cannot be set back.
    await decide(context, { ...claimed, directoryId, decision: takesBack ? 'ALLOW_HELD' : decision });
    await tx.brakes.forget(directoryId, kind, userId);
  },
};

/** As if the brake were off; who comes and finds no seat waits for one, because there is nobody who could be refused. */
function asReleased(policy: Policy, directoryId: string): Policy {
  const released = withState(policy, directoryId, 'ACTIVE');
  const directory = released.directories.get(directoryId)!;
  const { onSeatsFull } = directory.policy;
  const parking = { ...directory.policy, onSeatsFull: onSeatsFull === 'SKIP' ? ('PARK' as const) : onSeatsFull };
  return {
    ...released,
    directories: new Map(released.directories).set(directoryId, { ...directory, policy: parking }),
  };
}

/** Whoever is no longer held has come back, or was deleted, meanwhile. */
async function decide(context: Context, { directoryId, userId, held, decision }: Release): Promise<void> {
  const person = await context.tx.history.lock(userId, []);
  if (person?.waitsFor !== 'BRAKE' || person.status === 'DELETED') return;
  const source = person.sources.find(({ id }) => id === directoryId);
  person.waitsFor = null;
  person.updatedAt = context.origin.at;
  if (!source) return;
  if (held === 'DEACTIVATION') return tellDeactivation(context, person);
  if (held === 'CREATE' && decision === 'ALLOW_HELD') return admit(context, person, source.link!.active);
  if (held === 'CREATE' && source.link!.endedAt === null) source.link!.endedAt = context.origin.at;
  if (held === 'CREATE') return deletePerson(context, person, source, rolesGone(source.link!));
  source.link!.endedAt = context.origin.at;
  await carryOutDeletion(context, person, source);
}

async function tellDeactivation({ tx, origin, policy }: Context, person: Person): Promise<void> {
  const changes = [{ key: 'brake', from: 'HELD', to: 'RELEASED', shadow: true as const, attribute: true as const }];
  await tx.users.save(person, null, event(origin, 'user.deactivated', 'usr', person.id, changes), policy);
}

async function admit(context: Context, person: Person, isWanted: boolean): Promise<void> {
  const { tx, origin, policy } = context;
  const before = standingOf(person);
  const changes = await settleStanding(context, person, isWanted);
  await tx.users.save(person, null, event(origin, comingName(changes), 'usr', person.id, changes), policy);
  await concludeStanding(context, before, person);
}

const forgetPerson: Command<Release, void> = {
  name: 'releaseBrake',
  needs: 'users:write',
  atomicity: 'statement',
  perform: ({ tx }, { directoryId, kind, userId }) => tx.brakes.forget(directoryId, kind, userId),
};
