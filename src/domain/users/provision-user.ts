import type { Command } from '../command.ts';
import { demandUserNames, type UserRecord } from '../directories/record.ts';
import { event } from '../event.ts';
import { arrival } from './create-user.ts';
import { addDirectorySource, newPerson } from './new-person.ts';
import { assertValues, type Person } from './person.ts';

/** A record, and the id of the person made of it when that has been given before. */
export type NewRecord = { record: UserRecord; id?: string | undefined };

/** Makes the person that a directory sends for the first time, linked to it. Refused with NOT_UNIQUE. */
export const provisionUser: Command<NewRecord, Person> = {
  name: 'provisionUser',
  needs: 'provision',
  atomicity: 'statement',
  async perform({ tx, actor, origin, policy }, { record, id }) {
    demandUserNames(record);
    const person = newPerson(record.userName, origin.at, id);
    if (!record.active) person.status = 'DEACTIVATED';
    const { userName, externalId, active, resource } = record;
    const link = { userName, externalId, active, resource, linkedAt: origin.at, endedAt: null };
    const source = addDirectorySource(person, actor.directoryId!, link);
    const write = { at: origin.at, actor: origin.actor, request: origin.requestId };
    const changes = assertValues(person, source, record.values, write, policy);
    if (externalId !== null) changes.unshift({ key: 'externalId', from: null, to: externalId });
    changes.unshift(...arrival(person));
    await tx.users.insert(person, source, event(origin, 'user.created', 'usr', person.id, changes), policy);
    return { ...person, version: 1 };
  },
};
