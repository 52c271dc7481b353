import type { Command, Context } from '../command.ts';
import { HubError } from '../errors.ts';
import { type Change, event } from '../event.ts';
import { wireId } from '../ids.ts';
import { rolesGone } from './deprovision-user.ts';
import { demandUngoverned, getPerson } from './find-person.ts';
import { governor, type Person, type UserStatus } from './person.ts';

/** Takes a person's access; memberships and roles stay. A linked person's status is their directory's. */
export const deactivateUser: Command<{ id: string }, Person> = {
  name: 'deactivateUser',
  needs: 'users:write',
  atomicity: 'statement',
  perform: (context, { id }) => setStatus(context, id, 'DEACTIVATED', 'user.deactivated', 'deactivate them'),
};

/** Gives access back. */
export const activateUser: Command<{ id: string }, Person> = {
  name: 'activateUser',
  needs: 'users:write',
  atomicity: 'statement',
  perform: (context, { id }) => setStatus(context, id, 'ACTIVE', 'user.activated', 'activate them'),
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
    const deleted = await write(context, person, 'DELETED', 'user.deleted', roles);
    await context.tx.users.endLinks(person.id, context.origin.at);
    return deleted;
  },
};

async function setStatus(context: Context, id: string, status: UserStatus, name: string, what: string) {
  const person = await getPerson(context, id);
  demandUngoverned(person, what);
  return person.status === status ? person : write(context, person, status, name);
}

async function write(
  { tx, origin, policy }: Context,
  person: Person,
  status: UserStatus,
  name: string,
  more: Change[] = [],
) {
  const changes = [{ key: 'status', from: person.status, to: status }, ...more];
  const changed = { ...person, status, statusAt: origin.at, updatedAt: origin.at };
  await tx.users.save(changed, null, event(origin, name, 'usr', person.id, changes), policy);
  return { ...changed, version: person.version + 1 };
}
