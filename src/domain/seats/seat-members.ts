import { settleStanding } from '../admission/settle-standing.ts';
import type { Command } from '../command.ts';
import { event } from '../event.ts';

const BATCH = 100;

/** Asks for a seat for people whom a role rule made members; who gets none waits, like anybody else. */
export const seatMembers: Command<void, number> = {
  name: 'seatMembers',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  async perform(context) {
    const { tx, origin, policy } = context;
    const people = await tx.seats.unseated(BATCH);
    for (const person of people) {
      const changes = await settleStanding(context, person, true, 'PARKED');
      if (person.seated) changes.push({ key: 'seated', from: false, to: true, attribute: true });
      person.updatedAt = origin.at;
      await tx.users.save(person, null, event(origin, 'user.updated', 'usr', person.id, changes), policy);
    }
    return people.length;
  },
};
