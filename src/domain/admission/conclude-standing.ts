import type { Actor } from '../actor.ts';
import type { Context } from '../command.ts';
import { type Change, event } from '../event.ts';
import { projectGroupsOf } from '../groups/project-groups.ts';
import { sendLink } from '../invitations/invite.ts';
import type { Policy } from '../policy.ts';
import type { Atomicity } from '../tx.ts';
import type { Person } from '../users/person.ts';
import { settleStanding } from './settle-standing.ts';

/** How a person stood before a write, as far as something follows from it. */
export type Standing = Pick<Person, 'kind' | 'status' | 'seated'>;

export const standingOf = ({ kind, status, seated }: Person): Standing => ({ kind, status, seated });

/** A person that comes in or goes takes one statement, unless a seat has to be counted or a mail to be sent with it. */
export const atomicityOfStanding = ({ seatLimit, directories }: Policy, { directoryId }: Actor): Atomicity => {
  const invites = directoryId !== null && directories.get(directoryId)?.policy.invite;
  return seatLimit !== null || invites ? 'transaction' : 'statement';
};

/** What follows from where a person who has been written now stands: their invitation, or a seat for who waits for one. */
export async function concludeStanding(context: Context, before: Standing | null, person: Person): Promise<void> {
  if (person.status === 'INVITED' && before?.status !== 'INVITED') await sendLink(context, person);
  if (before && before.kind !== person.kind) await projectGroupsOf(context, [person.id]);
  if (before?.seated && !person.seated && context.policy.seatLimit !== null) await fillSeats(context);
}

/** Lets whoever has waited longest in, as long as there are seats; at most so many. Returns how many came in. */
export async function fillSeats(context: Context, most = Number.POSITIVE_INFINITY): Promise<number> {
  const { tx, origin, policy } = context;
  let count = 0;
  for (; count < most; count++) {
    const seats = await tx.seats.lock();
    if (seats && seats.used >= seats.limit) break;
    const person = await tx.seats.oldestParked();
    if (!person) break;
    const before = standingOf(person);
    const changes = await settleStanding(context, person, true);
    person.updatedAt = origin.at;
    await tx.users.save(person, null, event(origin, comingName(changes), 'usr', person.id, changes), policy);
    await concludeStanding(context, before, person);
  }
  return count;
}

/** The name of the event of who comes in. */
export function comingName(changes: readonly Change[]): string {
  const status = changes.find(({ key }) => key === 'status')?.to;
  if (status === 'INVITED') return 'user.invited';
  return status === 'ACTIVE' ? 'user.activated' : 'user.updated';
}
