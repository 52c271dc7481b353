import type { Editor } from '../../fields/rule.ts';
import type { Command, Context } from '../command.ts';
import { HubError, invalid, refuse } from '../errors.ts';
import { type Change, event } from '../event.ts';
import { wireId } from '../ids.ts';
import { demandIndexable } from '../indexable.ts';
import type { Json } from '../json.ts';
import { fieldOf, ruleOf } from '../policy.ts';
import { isStorable, problemOf } from './check-value.ts';
import { getPerson } from './find-person.ts';
import { refusalToWrite } from './may-write.ts';
import { localSource } from './new-person.ts';
import { assertValues, governor, type Person } from './person.ts';
import { relationTo } from './relation.ts';

/** New values by field key; null clears, absent leaves as it is. */
export type UserEdit = {
  id: string;
  values: Record<string, Json>;
  userName?: string | null;
  ifVersion?: number | null;
};

/**
 * Writes what a person, manager, admin or product says of a person. All or nothing: refused with FIELD_LOCKED for each
 * field that a directory owns, USER_LOCKED for a person whom a directory deactivated.
 */
export const updateUser: Command<UserEdit, Person> = {
  name: 'updateUser',
  needs: 'users:write',
  onBehalf: true,
  atomicity: 'statement',
  async perform(context, edit) {
    const { tx, policy, origin } = context;
    const person = await getPerson(context, edit.id, edit.ifVersion);
    demandUnlocked(person);
    const relation = await relationTo(person, context.actor, tx.users.referred);
    refuse(problemsOf(context, person, edit, relation));
    const local = localSource(person);
    const write = { at: origin.at, actor: origin.actor, request: origin.requestId };
    const changes = assertValues(person, local, edit.values, write, policy);
    if (edit.userName && edit.userName !== person.userName) changes.push(rename(person, edit.userName));
    if (changes.length === 0) return person;
    person.updatedAt = origin.at;
    await tx.users.save(person, local, event(origin, 'user.updated', 'usr', person.id, changes), policy);
    return { ...person, version: person.version + 1 };
  },
};

/** Refuses to edit a person whom their directory deactivated (seeds S20). */
export function demandUnlocked(person: Person): void {
  const isLocked = governor(person) !== null || person.waitsFor === 'BRAKE';
  if (person.status !== 'DEACTIVATED' || !isLocked) return;
  const message = `${person.userName} was deactivated by the directory and cannot be edited until it activates them again.`;
  throw new HubError('USER_LOCKED', message, { path: ['id'], subject: wireId('usr', person.id) });
}

/** The refusal for a key that names no field. */
export const noField = (key: string, path = [key]) =>
  new HubError('NOT_FOUND', `There is no field ${key}.`, { path, policyBound: true });

/** The userName as a change, when it is not taken by rule. */
export function rename(person: Person, userName: string): Change {
  demandIndexable('userName', userName);
  const change = { key: 'userName', from: person.userName, to: userName };
  person.userName = userName;
  return change;
}

/** The problem with a userName that a person or product chose, or null. */
export function userNameProblem(userName: string): HubError | null {
  if (userName.trim() === '') return new HubError('REQUIRED', 'userName must not be empty.', { path: ['userName'] });
  if (userName.length > 256) return invalid(['userName'], 'userName is longer than 256 characters.');
  return isStorable(userName) ? null : invalid(['userName'], 'userName is not valid Unicode text.');
}

function problemsOf({ policy }: Context, person: Person, edit: UserEdit, relation: Editor | null): HubError[] {
  const problems: (HubError | null)[] = [];
  for (const key of Object.keys(edit.values)) {
    const field = fieldOf(policy, key);
    if (!field) problems.push(noField(key));
    else {
      const refusal = refusalToWrite(ruleOf(policy, key), relation, person, key, field.label);
      problems.push(refusal ?? problemOf(key, field, edit.values[key]!));
    }
  }
  if (edit.userName !== undefined && relation !== 'ADMIN') problems.push(renamedByAdmins());
  if (edit.userName === null) problems.push(userNameProblem(''));
  if (typeof edit.userName === 'string')
    problems.push(userNameProblem(edit.userName) ?? userNameLock(person, edit.userName));
  return problems.filter((problem) => problem !== null);
}

/** References and sign-in go by the name: who could choose theirs could become the manager of others. */
const renamedByAdmins = () =>
  new HubError('NOT_ALLOWED', 'userName may be edited by admins only.', { path: ['userName'] });

function userNameLock(person: Person, userName: string): HubError | null {
  if (userName === person.userName || !governor(person)) return null;
  return new HubError('FIELD_LOCKED', 'userName belongs to the directory and cannot be edited here.', {
    path: ['userName'],
    subject: wireId('usr', person.id),
  });
}
