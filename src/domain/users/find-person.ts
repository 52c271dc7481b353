import type { Context } from '../command.ts';
import { demandVersion, HubError, notFound } from '../errors.ts';
import { uuidOf, wireId } from '../ids.ts';
import { governor, type Person, type PersonSource } from './person.ts';

/** The person of that wire id; NOT_FOUND, or VERSION_CONFLICT when the caller expected another version. */
export async function getPerson({ tx }: Context, id: string, ifVersion?: number | null): Promise<Person> {
  const uuid = uuidOf('usr', id);
  const person = uuid && (await tx.users.find(uuid));
  if (!person) throw notFound('user', id);
  demandVersion(person.version, ifVersion);
  return person;
}

/** The person and their link, if the calling directory holds one: of no other person is its token told. */
export async function getLinked({ tx, actor }: Context, id: string, ifVersion?: number | null) {
  const uuid = uuidOf('usr', id);
  const person = uuid && (await tx.users.findLinked(actor.directoryId!, uuid));
  if (!person) throw notFound('user', id);
  demandVersion(person.version, ifVersion);
  const source = person.sources.find((candidate) => candidate.id === actor.directoryId)!;
  return { person, source, link: source.link! };
}

/** Refuses with USER_LOCKED when a live directory decides whether the person is active. */
export function demandUngoverned(person: Person, what: string): void {
  const directory: PersonSource | null = governor(person);
  if (!directory) return;
  throw new HubError('USER_LOCKED', `A directory decides whether ${person.userName} is active; ${what} there.`, {
    path: ['id'],
    subject: wireId('usr', person.id),
  });
}
