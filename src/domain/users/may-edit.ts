import type { UserFieldKey } from '../../fields/user.fields.ts';
import type { Actor } from '../actor.ts';
import { HubError } from '../errors.ts';
import { type Policy, ruleOf } from '../policy.ts';
import { refusalToWrite } from './may-write.ts';
import type { Person } from './person.ts';
import { demandUnlocked } from './update-user.ts';

/** Whether `updateUser` by this caller would take a value of that field: the same questions, asked beforehand. */
export function mayEdit(actor: Actor, person: Person, key: UserFieldKey, policy: Policy): boolean {
  if (!actor.scopes.has('users:write')) return false;
  try {
    demandUnlocked(person);
  } catch (error) {
    if (error instanceof HubError) return false;
    throw error;
  }
  return refusalToWrite(ruleOf(policy, key), 'ADMIN', person, key) === null;
}
