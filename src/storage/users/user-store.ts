import type { GroupOfUser } from '../../domain/directories/record-reader.ts';
import { StaleWrite } from '../../domain/errors.ts';
import type { NewEvent } from '../../domain/event.ts';
import { centralTeamOf } from '../../domain/groups/team-mode.ts';
import { wireId } from '../../domain/ids.ts';
import { sameJson } from '../../domain/json.ts';
import { keyOf } from '../../domain/key.ts';
import type { Policy } from '../../domain/policy.ts';
import { appRolesOf } from '../../domain/roles/app-roles.ts';
import type { Person, PersonSource } from '../../domain/users/person.ts';
import type { UserStore } from '../../domain/users/user-store.ts';
import { refusingDuplicates } from '../constraints.ts';
import type { Session, Statement } from '../database.ts';
import { eventValues, insertEvent } from '../events/event-statement.ts';
import { indexKey } from '../fields/index-key.ts';
import { eraseAnswers } from '../idempotency/claim-statements.ts';
import { isPrivileged } from '../roles/owner-statements.ts';
import { askShape } from '../shapes.ts';
import { eraseEvents, eraseRequests, eraseRow } from './erase-statements.ts';
import {
  findByEmail,
  findByUserName,
  findKept,
  findLeft,
  findLinked,
  findPeople,
  findPerson,
  findWaitingForGroup,
  nameTaken,
} from './find-statements.ts';
import { isStored, type PersonRow, personOf, sourceId, storedRecord } from './person-rows.ts';
import { endLinks, extendPerson, insertPerson, type PersonStatement, updatePerson } from './person-statements.ts';
import { referredUsers, shown } from './reading-statements.ts';
import { referenceValues } from './reference.ts';
import { emailKey, searchKey, userValues } from './user-columns.ts';

/** What is shorter is part of too many other words. */
const SHORTEST_NAME = 3;

/** People of one tenant, through one session. */
export const userStore = (session: Session, tenantId: string, policy: () => Policy): UserStore => ({
  find: (id) => one(session, policy, findPerson, [tenantId, id]),
  async findLinked(directoryId, id) {
    const [row] = await session.run<LinkedRow>(findLinked, [tenantId, directoryId, id]);
    const person = row && personOf(row, policy());
    return person?.sources.some((source) => source.id === directoryId && !source.link!.endedAt)
      ? { ...person, groups: row!.groups ?? [], granted: row!.granted }
      : null;
  },
  async findAll(ids) {
    const rows = await session.run<PersonRow>(findPeople, [tenantId, ids]);
    return rows.map((row) => personOf(row, policy()));
  },
  async findLeft(directoryId, externalId) {
    const rows = await session.run<PersonRow>(findLeft, [tenantId, directoryId, externalId]);
    return rows.map((row) => personOf(row, policy()));
  },
  async findKept(directoryId, externalId, userName) {
    const rows = await session.run<PersonRow>(findKept, [tenantId, directoryId, externalId, keyOf(userName)]);
    return rows.map((row) => personOf(row, policy()));
  },
  async findByEmail(email) {
    const rows = await session.run<PersonRow>(findByEmail, [tenantId, searchKey(email)]);
    return rows.map((row) => personOf(row, policy()));
  },
  async findByUserName(userName) {
    const rows = await session.run<PersonRow>(findByUserName, [tenantId, keyOf(userName)]);
    return rows.map((row) => personOf(row, policy()));
  },
  async isPrivileged(id) {
    return (await session.run(isPrivileged, [tenantId, id])).length > 0;
  },
  async findWaitingForGroup(ids) {
    const rows = await session.run<PersonRow>(findWaitingForGroup, [tenantId, ids]);
    return rows.map((row) => personOf(row, policy()));
  },
  async erase(person, event) {
    const names = namesOf(person).map((name) => `%${name.replace(/[\\%_]/g, '\\$&')}%`);
    await session.run(insertEvent, [tenantId, ...eventValues(event)]);
    await session.run(eraseRequests, [tenantId, person.id, names]);
    await session.run(eraseAnswers, [tenantId]);
    await session.run(eraseRow, [tenantId, person.id]);
    await session.run(eraseEvents, [person.id]);
  },
  async isNameTaken(userName, exceptId) {
    return (await session.run(nameTaken, [tenantId, keyOf(userName), exceptId])).length > 0;
  },
  async referred(reference) {
    const question = referredUsers(tenantId, referenceValues([reference]), [], shown);
    return (await askShape<{ id: string }>(session, question))[0]?.id ?? null;
  },
  insert: (person, source, event, at) => write(session, insertPerson, tenantId, person, source, event, at),
  async save(person, source, event, at) {
    const statement = source && isStored(source) ? updatePerson : extendPerson;
    await write(session, statement, tenantId, person, source, event, at);
  },
  async endLinks(id, at) {
    await session.run(endLinks, [tenantId, id, at]);
  },
});

type LinkedRow = PersonRow & { groups: GroupOfUser[] | null; granted: boolean };

/** By what requests name the person: their id, and what of them is found nowhere else. */
function namesOf({ id, userName, values, sources }: Person): string[] {
  const names = [wireId('usr', id), userName, ...sources.flatMap(({ link }) => [link?.userName, link?.externalId])];
  for (const value of Object.values(values)) if (typeof value === 'string' && value.includes('@')) names.push(value);
  return [...new Set(names.filter((name) => typeof name === 'string' && name.length >= SHORTEST_NAME))] as string[];
}

async function one(session: Session, policy: () => Policy, statement: Statement, values: unknown[]) {
  const [row] = await session.run<PersonRow>(statement, values);
  return row ? personOf(row, policy()) : null;
}

async function write(
  session: Session,
  statement: PersonStatement,
  tenantId: string,
  person: Person,
  source: PersonSource | null,
  event: NewEvent,
  policy: Policy,
): Promise<string | null> {
  const indexes = policy.fields.custom.length > 0;
  const roles = source && changedAppRoles(source);
  const central = source && isHeldBy(source) ? centralTeamOf(policy, source.id) : null;
  const values = [
    tenantId,
    person.id,
    policy.version,
    ...userValues(person, person.version + 1),
    ...sourceValues(source),
    ...eventValues(event),
    ...(indexes ? indexValues(person, policy) : []),
    ...(roles ? [roles] : []),
    ...(central ? [central.id, central.name, keyOf(central.name)] : []),
  ];
  const chosen = statement({ indexes, roles: roles !== null, central: central !== null });
  const [row] = await refusingDuplicates(() => session.run<Written>(chosen, values));
  const { written, expected = null } = row!;
  if (written === 0 && expected === null) throw new StaleWrite();
  return expected;
}

/** The app roles of the source's record where they are others than those that were read; null: they are the same. */
function changedAppRoles(source: PersonSource): string[] | null {
  const before = storedRecord(source);
  if (!source.link || source.link.resource === before) return null;
  const roles = appRolesOf(source.link.resource);
  return sameJson(roles, before ? appRolesOf(before) : []) ? null : roles;
}

/** Whether a directory holds the person by that source. */
const isHeldBy = ({ kind, link }: PersonSource): boolean => kind === 'DIRECTORY' && link?.endedAt === null;

/** `expected`: who is meant, where a person was to be made. */
type Written = { written: number; expected?: string | null };

/** The custom fields in use that the person has a value of, and the keys of those values. */
function indexValues({ values }: Person, { fields }: Policy): [ids: string[], keys: string[]] {
  const held = fields.custom.filter(({ key }) => (values[key] ?? null) !== null);
  return [held.map(({ id }) => id), held.map((field) => indexKey(field, values[field.key]!))];
}

const NO_SOURCE = [...Array.from({ length: 14 }, () => null), false];

/** Fields that hold addresses other than the one in `email_key`. */
const furtherEmails = ['homeEmail', 'otherEmail', 'moreEmails'];

function sourceValues(source: PersonSource | null): unknown[] {
  if (!source) return NO_SOURCE;
  const { link, kind } = source;
  const email = kind === 'DIRECTORY' ? source.asserted.email?.value : null;
  return [
    sourceId(source),
    kind,
    kind === 'DIRECTORY' ? source.id : null,
    JSON.stringify(source.asserted),
    JSON.stringify(source.writes),
    link?.externalId ?? null,
    link?.userName ?? null,
    link ? keyOf(link.userName) : null,
    typeof email === 'string' ? emailKey(email) : null,
    kind === 'DIRECTORY' && furtherEmails.some((key) => source.asserted[key]?.value),
    link?.active ?? null,
    link ? JSON.stringify(link.resource) : null,
    link?.linkedAt ?? new Date(0).toISOString(),
    link?.endedAt ?? null,
    link?.kept ?? false,
  ];
}
