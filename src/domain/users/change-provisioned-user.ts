import type { FieldTable } from '../../fields/field-table.ts';
import { isUserFieldKey, type UserFieldKey, userFields } from '../../fields/user.fields.ts';
import { atomicityOfStanding, concludeStanding, standingOf } from '../admission/conclude-standing.ts';
import { settleStanding } from '../admission/settle-standing.ts';
import { holdDeactivation, pressForDeactivation } from '../brake/hold-person.ts';
import type { Command, Context } from '../command.ts';
import { demandChangeAllowed } from '../directories/demand-allowed.ts';
import { demandRequired, demandRequiredKept } from '../directories/demand-required.ts';
import { demandTimeZone } from '../directories/demand-time-zone.ts';
import { demandUserNames, type UserRecord } from '../directories/record.ts';
import { type Change, event } from '../event.ts';
import { withCustomValues, withoutCustomValues } from '../fields/custom-values.ts';
import { recordDifference } from '../history/record-difference.ts';
import { type JsonObject, sameJson } from '../json.ts';
import { followKind } from '../roles/kind-under.ts';
import { keepOwnerByAppRole } from '../roles/last-owner.ts';
import { getLinked } from './find-person.ts';
import { assertValues, governor, type Link, type Person, type PersonSource } from './person.ts';

/** How a directory changes a person. */
export type RecordChange = {
  id: string;
  ifVersion?: number | null;
  /** True when the directory sent the whole record, which then must have all that is required. */
  isWhole?: boolean;
  /** What the record becomes, from the record as it stands. Must be pure. */
  change(resource: JsonObject): UserRecord;
};

/** Applies a directory's change to the person it is linked to; nothing new makes no version and no event. */
export const changeProvisionedUser: Command<RecordChange, Person> = {
  name: 'changeProvisionedUser',
  needs: 'provision',
  atomicity: atomicityOfStanding,
  async perform(given, input) {
    const { person, source, link } = await getLinked(given, input.id, input.ifVersion);
    const record = input.change(link.resource);
    const values = withCustomValues(record, link.resource, given.policy.fields);
    if (input.isWhole) demandRequired(given, { ...record, values });
    if (sameJson(record.resource, link.resource)) return person;
    demandRequiredKept(given, source, { ...record, values });
    demandTimeZone(given, values, source);
    demandUserNames(record);
    demandChangeAllowed(given, link, record);
    const { context, holds } = await pressForDeactivation(given, person, source, record.active);
    const { tx, origin, policy } = context;
    const before = standingOf(person);
    const write = { at: origin.at, actor: origin.actor, request: origin.requestId };
    const changes = assertValues(person, source, values, write, policy);
    const difference = recordDifference(link.resource, record.resource);
    changes.push(...unfieldedChanges(link.resource, record.resource, changes, policy.fields));
    changes.push(...(await applyRecord(context, person, source, record)));
    if (holds) await holdDeactivation(context, person, source);
    person.updatedAt = origin.at;
    const name = holds ? 'user.deactivation.held' : 'user.updated';
    const updated = event(origin, name, 'usr', person.id, changes);
    await tx.users.save(person, source, { ...updated, record: difference }, policy);
    await concludeStanding(context, before, person);
    return { ...person, version: person.version + 1 };
  },
};

/** Takes over what the record says besides the fields; for a person whom another directory governs it is a shadow. */
export async function applyRecord(
  context: Context,
  person: Person,
  source: PersonSource,
  record: Omit<UserRecord, 'values'>,
): Promise<Change[]> {
  const link = source.link!;
  const governs = governor(person) === source;
  const changes = governs ? await governedName(context, person, link, record) : shadowed(link, record);
  changes.push({ key: 'externalId', from: link.externalId, to: record.externalId, attribute: true });
  const { userName, externalId, active, resource } = record;
  await keepOwnerByAppRole(context, person, { before: link, after: resource });
  Object.assign(link, { userName, externalId, active, resource });
  changes.push(...(await followKind(context, person)));
  if (governs) changes.push(...(await settleStanding(context, person, active)));
  return changes.filter((change) => change.from !== change.to);
}

/** For a linked person userName and status belong to the directory, and nobody can choose otherwise. */
async function governedName(
  { tx }: Context,
  person: Person,
  link: Link,
  record: Omit<UserRecord, 'values'>,
): Promise<Change[]> {
  const before = person.userName;
  // A name that only differs because the person had another one before is not worth a refusal.
  const renames = record.userName !== link.userName;
  if (renames || (record.userName !== person.userName && !(await tx.users.isNameTaken(record.userName, person.id))))
    person.userName = record.userName;
  return [{ key: 'userName', from: before, to: person.userName }];
}

const shadowed = (link: Link, record: Omit<UserRecord, 'values'>): Change[] => [
  { key: 'userName', from: link.userName, to: record.userName, shadow: true },
  { key: 'active', from: link.active, to: record.active, shadow: true },
];

/** Attributes no field holds, such as roles, that changed: recorded too, so that every write has its event. */
export function unfieldedChanges(
  recordBefore: JsonObject,
  recordAfter: JsonObject,
  recorded: Change[],
  fields: FieldTable,
): Change[] {
  const [before, after] = [withoutCustomValues(recordBefore, fields), withoutCustomValues(recordAfter, fields)];
  const fieldKeys = recorded.map(({ key }) => key).filter(isUserFieldKey);
  const told = new Set(['userName', 'externalId', 'active', ...fieldKeys.map(attributeOf)]);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => !told.has(name) && !sameJson(before[name], after[name]))
    .map((name) => ({ key: name, from: before[name] ?? null, to: after[name] ?? null, shadow: true, attribute: true }));
}

/** The top of the path that a field is written by: `name` of `name.givenName`, the URN of an extension attribute. */
function attributeOf(key: UserFieldKey): string {
  const path = userFields[key].scim ?? key;
  return path.startsWith('urn:') ? path.slice(0, path.lastIndexOf(':')) : path.split(/[.[]/, 1)[0]!;
}
