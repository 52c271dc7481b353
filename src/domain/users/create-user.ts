import { atomicityOfStanding } from '../admission/conclude-standing.ts';
import { settleStanding } from '../admission/settle-standing.ts';
import type { Command } from '../command.ts';
import { refuse } from '../errors.ts';
import { event } from '../event.ts';
import type { Json } from '../json.ts';
import { fieldOf } from '../policy.ts';
import { problemOf } from './check-value.ts';
import { localSource, newPerson } from './new-person.ts';
import { assertValues, type Person, type UserKind } from './person.ts';
import { noField, userNameProblem } from './update-user.ts';

/** A person made by hand; values by field key. */
export type NewUser = { userName: string; kind?: UserKind | null; values: Record<string, Json> };

/** Makes a person whom no directory knows. Refused with NOT_UNIQUE when the userName is taken. */
export const createUser: Command<NewUser, Person> = {
  name: 'createUser',
  needs: 'users:write',
  atomicity: atomicityOfStanding,
  async perform(context, input) {
    const { tx, origin, policy } = context;
    const keys = Object.keys(input.values);
    const problems = [
      userNameProblem(input.userName),
      ...keys.map((key) => {
        const field = fieldOf(policy, key);
        return field ? problemOf(key, field, input.values[key]!) : noField(key);
      }),
    ];
    refuse(problems.filter((problem) => problem !== null));
    const person = { ...newPerson(input.userName, origin.at), kind: input.kind ?? 'MEMBER' };
    const local = localSource(person);
    const write = { at: origin.at, actor: origin.actor, request: origin.requestId };
    const given = Object.fromEntries(
      keys.filter((key) => input.values[key] !== null).map((key) => [key, input.values[key]!]),
    );
    const changes = assertValues(person, local, given, write, policy);
    await settleStanding(context, person, true);
    changes.unshift(...arrival(person));
    await tx.users.insert(person, local, event(origin, 'user.created', 'usr', person.id, changes), policy);
    return { ...person, version: 1 };
  },
};

/** What is new about a new person besides the fields. */
export const arrival = (person: Person) => [
  { key: 'userName', from: null, to: person.userName },
  { key: 'status', from: null, to: person.status },
];
