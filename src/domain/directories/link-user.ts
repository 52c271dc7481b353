import { demand } from '../actor.ts';
import type { Command, Context } from '../command.ts';
import { HubError, invalid } from '../errors.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { demandIndexable } from '../indexable.ts';
import { isStorable } from '../users/check-value.ts';
import { getPerson } from '../users/find-person.ts';
import type { Person } from '../users/person.ts';
import { getConnected } from './get-connected.ts';

/** Wire ids; an externalId of null takes back what was said. */
export type ExpectedLink = { user: string; directory: string; externalId: string | null };

/**
 * Says whom a directory means by an externalId: when it sends that record, the person is linked to it and none is made.
 * It takes an admin, because a directory that could claim people by itself could take them over (attacks.md A3).
 */
export const linkUser: Command<ExpectedLink, Person> = {
  name: 'linkUser',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, input) {
    const { tx, actor, origin } = context;
    demand(actor, 'users:write');
    const { externalId } = input;
    if (externalId !== null) demandExternalId(externalId);
    const person = await getPerson(context, input.user);
    const directory = await getConnected(tx, input.directory);
    const before = await tx.directories.expected(directory.id, person.id);
    if (before === externalId) return person;
    if (externalId !== null) await demandFree(context, person, directory.id, externalId);
    const changes = [
      { key: 'directory', from: null, to: wireId('dir', directory.id) },
      { key: 'externalId', from: before, to: externalId },
    ];
    await tx.directories.expect(
      { directoryId: directory.id, userId: person.id, externalId, createdBy: origin.actor },
      event(origin, 'user.link.expected', 'usr', person.id, changes),
    );
    return person;
  },
};

function demandExternalId(externalId: string): void {
  const path = ['externalId'];
  if (externalId.trim() === '') throw new HubError('REQUIRED', 'externalId must not be empty.', { path });
  if (!isStorable(externalId)) throw invalid(path, 'externalId is not valid Unicode text.');
  demandIndexable('externalId', externalId);
}

async function demandFree({ tx }: Context, person: Person, directoryId: string, externalId: string): Promise<void> {
  const path = ['externalId'];
  if (person.sources.some(({ id }) => id === directoryId))
    throw new HubError('NOT_UNIQUE', `The directory holds ${person.userName} already.`, { path: ['directory'] });
  if (await tx.directories.holds(directoryId, externalId))
    throw new HubError('NOT_UNIQUE', 'externalId is taken by another person.', { path });
}
