import type { Editor } from '../../fields/rule.ts';
import { type Actor, demand } from '../actor.ts';
import { HubError } from '../errors.ts';
import { fieldOf, type Policy, ruleOf } from '../policy.ts';
import { refusalToWrite } from './may-write.ts';
import type { Person } from './person.ts';
import { demandUnlocked, noField } from './update-user.ts';

/** Who would edit: the caller, and what they are to the person. */
export type Editing = { actor: Actor; relation: Editor | null };

/** The refusal that `updateUser` of this caller would answer for that field, or null: the same questions beforehand. */
export function refusalToEdit({ actor, relation }: Editing, person: Person, key: string, policy: Policy) {
  try {
    demand(actor, 'users:write');
    demandUnlocked(person);
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
  const field = fieldOf(policy, key);
  return field ? refusalToWrite(ruleOf(policy, key), relation, person, key, field.label) : noField(key);
}
