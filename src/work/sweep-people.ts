import { type Call, type Hub, run } from '../domain/command.ts';
import { seatMembers } from '../domain/seats/seat-members.ts';
import { admitParked, countSeats } from '../domain/seats/set-seat-limit.ts';
import { sweepPeople, sweepTombstones } from '../domain/sweeps/sweep-people.ts';
import { systemActor } from '../domain/system-actor.ts';
import { repeat } from './repeat.ts';

/** Time between two looks, in ms: about the longest that anybody's time is up and nothing happens. */
const PAUSE_MS = 1_000;
/** Every how many looks old tombstones are looked for: once an hour. */
const TOMBSTONE_STRIDE = 3_600;

/** Ends what has waited for long enough, in every tenant, beside other hubs on the same database. */
export function keepSweepingPeople(
  hub: Hub,
  tenants: () => Promise<string[]>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let looks = 0;
  return repeat(
    PAUSE_MS,
    async (isOver) => {
      const wantsTombstones = looks++ % TOMBSTONE_STRIDE === 0;
      const failures: unknown[] = [];
      for (const tenantId of await tenants()) {
        if (isOver()) return;
        const call = { actor: systemActor(tenantId), requestId: 'sweep-people' };
        await sweepTenant(hub, call, wantsTombstones).catch((error) => failures.push(error));
      }
      // A tenant whose sweep fails keeps no other from being swept.
      if (failures.length > 0) throw failures[0];
    },
    onFailure,
  );
}

async function sweepTenant(hub: Hub, call: Call, wantsTombstones: boolean): Promise<void> {
  await sweepPeople(hub, call);
  await settleSeats(hub, call);
  if (wantsTombstones) await sweepTombstones(hub, call);
}

/** What a crash left behind: seats that nobody counted, or that are free while somebody waits. */
async function settleSeats(hub: Hub, call: Call): Promise<void> {
  const { seatLimit } = await hub.storage.policy(call.actor.tenantId, false);
  if (seatLimit === null) return;
  await run(hub, call, countSeats, undefined);
  await run(hub, call, seatMembers, undefined);
  await run(hub, call, admitParked, undefined);
}
