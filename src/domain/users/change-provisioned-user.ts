import { isUserFieldKey, userFields } from '../../fields/user.fields.ts';
import type { Command } from '../command.ts';
import { demandUserNames, type UserRecord } from '../directories/record.ts';
import { type Change, event } from '../event.ts';
import { recordDifference } from '../history/record-difference.ts';
import { type JsonObject, sameJson } from '../json.ts';
import { getLinked } from './find-person.ts';
import { assertValues, type Link, type Person } from './person.ts';

/** How a directory changes a person: what the record becomes, from the record as it stands. Must be pure. */
export type RecordChange = { id: string; ifVersion?: number | null; change(resource: JsonObject): UserRecord };

/** Applies a directory's change to the person it is linked to; nothing new makes no version and no event. */
export const changeProvisionedUser: Command<RecordChange, Person> = {
  name: 'changeProvisionedUser',
  needs: 'provision',
  atomicity: 'statement',
  async perform(context, input) {
    const { tx, origin, policy } = context;
    const { person, source, link } = await getLinked(context, input.id, input.ifVersion);
    const record = input.change(link.resource);
    demandUserNames(record);
    if (sameJson(record.resource, link.resource)) return person;
    const write = { at: origin.at, actor: origin.actor, request: origin.requestId };
    const changes = assertValues(person, source, record.values, write, policy);
    const difference = recordDifference(link.resource, record.resource);
    changes.push(...unfieldedChanges(link.resource, record.resource, changes));
    changes.push(...applyRecord(person, link, record, origin.at));
    person.updatedAt = origin.at;
    const updated = event(origin, 'user.updated', 'usr', person.id, changes);
    await tx.users.save(person, source, { ...updated, record: difference }, policy);
    return { ...person, version: person.version + 1 };
  },
};

/** For a linked person these belong to the directory, and nobody can choose otherwise. */
export function applyRecord(person: Person, link: Link, record: Omit<UserRecord, 'values'>, at: string): Change[] {
  const status = statusUnder(record.active, person);
  const changes: Change[] = [
    { key: 'userName', from: person.userName, to: record.userName },
    { key: 'externalId', from: link.externalId, to: record.externalId, attribute: true as const },
    { key: 'status', from: person.status, to: status },
  ].filter((change) => change.from !== change.to);
  if (person.status !== status) person.statusAt = at;
  person.status = status;
  person.userName = record.userName;
  Object.assign(link, {
    userName: record.userName,
    externalId: record.externalId,
    active: record.active,
    resource: record.resource,
  });
  return changes;
}

function statusUnder(active: boolean, person: Person): Person['status'] {
  if (!active) return 'DEACTIVATED';
  return person.status === 'DEACTIVATED' ? 'ACTIVE' : person.status;
}

/** Attributes no field holds, such as roles, that changed: recorded too, so that every write has its event. */
export function unfieldedChanges(before: JsonObject, after: JsonObject, recorded: Change[]): Change[] {
  const told = new Set(['userName', 'externalId', 'active', ...recorded.map((change) => attributeOf(change.key))]);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => !told.has(name) && !sameJson(before[name], after[name]))
    .map((name) => ({ key: name, from: before[name] ?? null, to: after[name] ?? null, shadow: true, attribute: true }));
}

/** The top of the path that a field is written by: `name` of `name.givenName`, the URN of an extension attribute. */
function attributeOf(key: string): string {
  const path = (isUserFieldKey(key) && userFields[key].scim) || key;
  return path.startsWith('urn:') ? path.slice(0, path.lastIndexOf(':')) : path.split(/[.[]/, 1)[0]!;
}
