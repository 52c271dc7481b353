import type { Command } from '../command.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { demandOtherOwner } from '../roles/last-owner.ts';
import { takeSeat } from '../seats/take-seat.ts';
import { demandUngoverned, getPerson } from '../users/find-person.ts';
import type { Person } from '../users/person.ts';
import { demandPause } from './demand-pause.ts';
import { invite, sendLink } from './invite.ts';

/** Invites a person made by hand, who is INVITED until they follow the link; whoever is INVITED gets a new one. */
export const inviteUser: Command<{ id: string }, Person> = {
  name: 'inviteUser',
  needs: 'users:write',
  atomicity: 'transaction',
  async perform(context, { id }) {
    const person = await getPerson(context, id);
    if (person.status === 'INVITED') return again(context, person);
    demandUngoverned(person, 'invite them');
    demandAdmitted(person);
    await demandPause(context, person);
    if (person.status === 'ACTIVE') await demandOtherOwner(context, person);
    const { tx, origin, policy } = context;
    const changes = [{ key: 'status', from: person.status, to: 'INVITED' }];
    const invited: Person = { ...person, status: 'INVITED', statusAt: origin.at, updatedAt: origin.at };
    if (invited.kind === 'MEMBER') await takeSeat(context, invited);
    await tx.users.save(invited, null, event(origin, 'user.invited', 'usr', person.id, changes), policy);
    await sendLink(context, invited);
    return { ...invited, version: person.version + 1 };
  },
};

/** Sends a person who is INVITED a new link; the one before it ends. */
export const resendInvitation: Command<{ id: string }, Person> = {
  name: 'resendInvitation',
  needs: 'users:write',
  atomicity: 'transaction',
  async perform(context, { id }) {
    const person = await getPerson(context, id);
    if (person.status !== 'INVITED') {
      const message = `${person.userName} is ${person.status}; only who is INVITED is sent the invitation again.`;
      throw new HubError('INVALID_INPUT', message, { path: ['user'], subject: wireId('usr', person.id) });
    }
    return again(context, person);
  },
};

async function again(context: Parameters<typeof invite>[0], person: Person): Promise<Person> {
  await demandPause(context, person);
  await invite(context, person);
  return person;
}

/** Whoever waits for a role, a group or a seat is invited when they have it. */
function demandAdmitted({ id, userName, status }: Person): void {
  if (status !== 'STAGED' && status !== 'PARKED') return;
  const message = `${userName} is ${status} and is not invited before they are admitted.`;
  throw new HubError('USER_LOCKED', message, { path: ['user'], subject: wireId('usr', id) });
}
