import type { Context } from '../command.ts';
import { HubError } from '../errors.ts';
import { wireId } from '../ids.ts';
import { directoryPolicy } from '../policy.ts';
import { governor, type Person } from '../users/person.ts';

/** What people are told of while somebody could not be given a seat. */
export const seatNotice = { kind: 'SEATS' as const, directoryId: null, dedupeKey: 'seats', facts: {} };

/** What becomes of a person for whom no seat is left where policy has nobody wait. */
export type AtWorst = 'REFUSED' | 'PARKED';

/**
 * Lets the person take a seat; false where none is left and they have to wait. Refused with SEAT_LIMIT where policy has
 * nobody wait, unless `atWorst` says that they do: what a directory's policy says for its people, and for people made by
 * hand.
 */
export async function takeSeat(context: Context, person: Person, atWorst: AtWorst = 'REFUSED'): Promise<boolean> {
  if (person.seated) return true;
  if (await isSeatFree(context, person)) {
    person.seated = true;
    return true;
  }
  if (atWorst === 'REFUSED') demandWaiting(context, person);
  return false;
}

/** Refused with SEAT_LIMIT where policy has nobody wait for a seat. */
export function demandWaiting(context: Context, person: Person): void {
  if (whenFull(context, person) === 'PARK') return;
  const message = `No seat is left for ${person.userName}: all ${context.policy.seatLimit} are taken.`;
  throw new HubError('SEAT_LIMIT', message, { subject: wireId('usr', person.id) });
}

async function isSeatFree(context: Context, person: Person): Promise<boolean> {
  if (context.policy.seatLimit === null || whenFull(context, person) === 'ALLOW') return true;
  const seats = await context.tx.seats.lock();
  return seats === null || seats.used < seats.limit;
}

function whenFull({ policy }: Context, person: Person) {
  const directory = governor(person);
  return directory ? directoryPolicy(policy, directory.id).onSeatsFull : 'SKIP';
}
