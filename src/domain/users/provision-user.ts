import type { Command, Context } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { demandUserNames, type UserRecord } from '../directories/record.ts';
import { HubError, StaleWrite } from '../errors.ts';
import { event } from '../event.ts';
import { withCustomValues } from '../fields/custom-values.ts';
import { adoptPerson } from './adopt-person.ts';
import { arrival } from './create-user.ts';
import { addDirectorySource, newPerson } from './new-person.ts';
import { assertValues, governor, type Person } from './person.ts';

/** A record, and the id of the person made of it when that has been given before. */
export type NewRecord = { record: UserRecord; id?: string | undefined };

/**
 * Makes the person that a directory sends for the first time, linked to it; or links whom it means by the externalId:
 * whom an admin named, else whom a disconnected directory left. Refused with NOT_UNIQUE.
 */
export const provisionUser: Command<NewRecord, Person> = {
  name: 'provisionUser',
  needs: 'provision',
  atomicity: 'statement',
  async perform(context, { record, id }) {
    demandAllowed(context, 'allowCreate');
    demandUserNames(record);
    const left = await findLeft(context, record.externalId);
    if (left) return adoptPerson(context, left, record, 'user.adopted');
    const made = await makePerson(context, record, id);
    return typeof made === 'string' ? linkExpected(context, made, record) : made;
  },
};

/** The one person whom disconnected directories, and no other, called that; of several, none can be meant. */
async function findLeft({ tx, actor, policy }: Context, externalId: string | null): Promise<Person | null> {
  if (policy.disconnected.size === 0 || !isName(externalId)) return null;
  const [person, another] = await tx.users.findLeft(actor.directoryId!, externalId);
  return person && !another && !governor(person) ? person : null;
}

const isName = (externalId: string | null): externalId is string => externalId !== null && externalId.trim() !== '';

async function makePerson({ tx, actor, origin, policy }: Context, record: UserRecord, id: string | undefined) {
  const person = newPerson(record.userName, origin.at, id);
  if (!record.active) person.status = 'DEACTIVATED';
  const { userName, externalId, active, resource } = record;
  const link = { userName, externalId, active, resource, linkedAt: origin.at, endedAt: null };
  const source = addDirectorySource(person, actor.directoryId!, link);
  const write = { at: origin.at, actor: origin.actor, request: origin.requestId };
  const changes = assertValues(person, source, withCustomValues(record, null, policy.fields), write, policy);
  if (externalId !== null) changes.unshift({ key: 'externalId', from: null, to: externalId });
  changes.unshift(...arrival(person));
  const expected = await tx.users.insert(
    person,
    source,
    event(origin, 'user.created', 'usr', person.id, changes),
    policy,
  );
  return expected ?? { ...person, version: 1 };
}

async function linkExpected(context: Context, id: string, record: UserRecord): Promise<Person> {
  const person = await context.tx.users.find(id);
  if (!person) throw new StaleWrite();
  if (person.sources.some((source) => source.id === context.actor.directoryId))
    throw new HubError('NOT_UNIQUE', 'externalId is taken by another person.', { path: ['externalId'] });
  return adoptPerson(context, person, record, 'user.linked');
}
