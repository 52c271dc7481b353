import { isUserFieldKey } from '../../fields/user.fields.ts';
import type { Command } from '../command.ts';
import { HubError, refuse } from '../errors.ts';
import { event } from '../event.ts';
import { getPerson } from './find-person.ts';
import { type Person, withdraw } from './person.ts';

/** Gives fields back to the rule: what people and products had written is dropped. */
export const releaseUserFields: Command<{ id: string; keys: string[] }, Person> = {
  name: 'releaseUserFields',
  needs: 'users:write',
  atomicity: 'statement',
  async perform(context, { id, keys }) {
    const { tx, origin, policy } = context;
    const unknown = keys.filter((key) => !isUserFieldKey(key));
    refuse(unknown.map((key) => new HubError('NOT_FOUND', `There is no field ${key}.`, { path: ['keys', key] })));
    const person = await getPerson(context, id);
    const local = person.sources.find((source) => source.kind === 'LOCAL');
    if (!local) return person;
    const changes = keys.map((key) => withdraw(person, local, key, policy)).filter((change) => change !== null);
    if (changes.length === 0) return person;
    person.updatedAt = origin.at;
    await tx.users.save(person, local, event(origin, 'user.fields.released', 'usr', person.id, changes), policy);
    return { ...person, version: person.version + 1 };
  },
};
