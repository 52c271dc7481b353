import { atomicityOfStanding, concludeStanding, standingOf } from '../admission/conclude-standing.ts';
import { setStatus, settleStanding } from '../admission/settle-standing.ts';
import type { Command, Context } from '../command.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { demandOtherOwner } from '../roles/last-owner.ts';
import { deletePerson, rolesGone } from './deprovision-user.ts';
import { demandUngoverned, getPerson } from './find-person.ts';
import { governor, type Person } from './person.ts';

/** Takes a person's access; memberships and roles stay. A linked person's status is their directory's. */
export const deactivateUser: Command<{ id: string }, Person> = {
  name: 'deactivateUser',
  needs: 'users:write',
  atomicity: 'statement',
  perform: (context, { id }) => setStanding(context, id, false, 'user.deactivated', 'deactivate them'),
};

/** Gives access back. Refused with SEAT_LIMIT when no seat is left. */
export const activateUser: Command<{ id: string }, Person> = {
  name: 'activateUser',
  needs: 'users:write',
  atomicity: atomicityOfStanding,
  perform: (context, { id }) => setStanding(context, id, true, 'user.activated', 'activate them'),
};

/** Deletes a person made by hand, or one whom their directory deactivated (seeds S20). */
export const deleteUser: Command<{ id: string }, Person> = {
  name: 'deleteUser',
  needs: 'users:write',
  atomicity: 'transaction',
  async perform(context, { id }) {
    const person = await getPerson(context, id);
    const directory = governor(person);
    if (directory && person.status !== 'DEACTIVATED') {
      const message = `A directory provisions ${person.userName}; deactivate them there before deleting them here.`;
      throw new HubError('USER_LOCKED', message, { path: ['id'], subject: wireId('usr', person.id) });
    }
    const roles = person.sources.flatMap(({ id, link }) =>
      link && !link.endedAt ? rolesGone(link).map((change) => ({ ...change, source: id })) : [],
    );
    await demandOtherOwner(context, person);
    await deletePerson(context, person, null, roles);
    return { ...person, version: person.version + 1 };
  },
};

async function setStanding(context: Context, id: string, isWanted: boolean, name: string, what: string) {
  const { tx, origin, policy } = context;
  const person = await getPerson(context, id);
  demandUngoverned(person, what);
  if (!isWanted && person.status === 'ACTIVE') await demandOtherOwner(context, person);
  const before = standingOf(person);
  const changes = await settleStanding(context, person, isWanted);
  // An admin's word is as good as the invitation that the person has not followed yet.
  if (isWanted && before.status === 'INVITED') {
    setStatus(context, person, 'ACTIVE');
    changes.push({ key: 'status', from: 'INVITED', to: 'ACTIVE' });
  }
  if (changes.length === 0) return person;
  person.updatedAt = origin.at;
  await tx.users.save(person, null, event(origin, name, 'usr', person.id, changes), policy);
  await concludeStanding(context, before, person);
  return { ...person, version: person.version + 1 };
}
