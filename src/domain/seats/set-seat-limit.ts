import { fillSeats } from '../admission/conclude-standing.ts';
import { type Call, type Command, type Hub, run } from '../command.ts';
import { invalid } from '../errors.ts';
import { event } from '../event.ts';
import { closeNotice } from '../notices/raise-notice.ts';
import { settleWrites } from '../rules/set-field-rules.ts';
import { seatNotice } from './take-seat.ts';

/** How many of those who wait come in at once: their rows are locked for that long. */
const BATCH = 100;

/**
 * Sets how many people may have access; null: any number. Nobody loses a seat by a lower limit, and whoever waits gets
 * one by a higher. Seats are counted from the first limit on, once no write is left that knew of none.
 */
export async function setSeatLimit(hub: Hub, call: Call, limit: number | null): Promise<void> {
  await run(hub, call, saveLimit, limit);
  const actor = { ...call.actor, scopes: new Set([...call.actor.scopes, 'rules:write' as const]) };
  if (limit !== null) await run(hub, { ...call, actor }, settleWrites, undefined);
  await run(hub, call, countSeats, undefined);
  while ((await run(hub, call, admitParked, undefined)) === BATCH);
}

const saveLimit: Command<number | null, void> = {
  name: 'setSeatLimit',
  needs: 'tenants:admin',
  atomicity: 'statement',
  async perform({ tx, actor, origin, policy }, limit) {
    if (limit !== null && (limit < 0 || limit > 100_000_000))
      throw invalid(['limit'], 'limit must be between 0 and 100,000,000, or null.');
    if (limit === policy.seatLimit) return;
    const changes = [{ key: 'limit', from: policy.seatLimit, to: limit }];
    const changed = event(origin, 'seats.limit.changed', 'tnt', actor.tenantId, changes);
    await tx.seats.setLimit(limit, policy.version, changed);
  },
};

/** Counts the seats that are taken where they have not been counted since there is a limit. */
export const countSeats: Command<void, void> = {
  name: 'countSeats',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  perform: ({ tx }) => tx.seats.count(),
};

/** Lets the next of those who wait in, as long as there are seats. */
export const admitParked: Command<void, number> = {
  name: 'admitParked',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  async perform(context) {
    const count = await fillSeats(context, BATCH);
    const seats = await context.tx.seats.lock();
    if (seats === null || seats.used < seats.limit) await closeNotice(context, seatNotice);
    return count;
  },
};
