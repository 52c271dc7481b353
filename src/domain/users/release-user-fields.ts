import type { Command } from '../command.ts';
import { refuse } from '../errors.ts';
import { event } from '../event.ts';
import { fieldOf, ruleOf } from '../policy.ts';
import { getPerson } from './find-person.ts';
import { refusalOf } from './may-write.ts';
import { type Person, withdraw } from './person.ts';
import { relationTo } from './relation.ts';
import { demandUnlocked, noField } from './update-user.ts';

/** Gives fields back to the rule: what people and products had written is dropped. */
export const releaseUserFields: Command<{ id: string; keys: string[] }, Person> = {
  name: 'releaseUserFields',
  needs: 'users:write',
  onBehalf: true,
  atomicity: 'statement',
  async perform(context, { id, keys }) {
    const { tx, actor, origin, policy } = context;
    refuse(keys.filter((key) => fieldOf(policy, key) === null).map((key) => noField(key, ['keys', key])));
    const person = await getPerson(context, id);
    const relation = await relationTo(person, actor, tx.users.referred);
    if (relation !== 'ADMIN') {
      demandUnlocked(person);
      const refusals = keys.map((key) => refusalOf(relation, ruleOf(policy, key), key, fieldOf(policy, key)!.label));
      refuse(refusals.filter((refusal) => refusal !== null));
    }
    const local = person.sources.find((source) => source.kind === 'LOCAL');
    if (!local) return person;
    const changes = keys.map((key) => withdraw(person, local, key, policy)).filter((change) => change !== null);
    if (changes.length === 0) return person;
    person.updatedAt = origin.at;
    await tx.users.save(person, local, event(origin, 'user.fields.released', 'usr', person.id, changes), policy);
    return { ...person, version: person.version + 1 };
  },
};
