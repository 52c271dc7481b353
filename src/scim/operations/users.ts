import { provisionPerson } from '../../domain/adoption/provision-person.ts';
import { run } from '../../domain/command.ts';
import type { GroupOfUser, RecordRow } from '../../domain/directories/record-reader.ts';
import { notFound } from '../../domain/errors.ts';
import { uuidOf, wireId } from '../../domain/ids.ts';
import { changeProvisionedUser, type RecordChange } from '../../domain/users/change-provisioned-user.ts';
import { deprovisionUser } from '../../domain/users/deprovision-user.ts';
import type { Person } from '../../domain/users/person.ts';
import { shownGroups, storedUser } from '../listing/show.ts';
import { parsePatch } from '../patch/operation.ts';
import { demandOwnId } from '../patch/own-id.ts';
import { patchUser } from '../patch/patch-user.ts';
import { newUser, readUser, replacedUser } from '../resource/read.ts';
import { userRecord } from '../resource/record.ts';
import { etagOf, type Stored } from '../resource/render.ts';
import type { Caller } from './caller.ts';
import { demandMatch, isConditional, type Precondition } from './precondition.ts';

/** A person by wire id, as the calling directory holds them; NOT_FOUND. */
export async function getUser(caller: Caller, id: string): Promise<Stored> {
  return storedUser(await findRow(caller, id), caller.tables);
}

/** `uuid`: the id to give, when a bulk has spoken of the person before making them. */
export async function createUser(caller: Caller, body: unknown, uuid?: string): Promise<Stored> {
  const record = userRecord(newUser(body, caller.tables), null);
  return storedPerson(await provisionPerson(caller.hub, caller.call, { record, id: uuid }), caller, []);
}

/** Replaces the record; what it leaves out is unassigned (RFC 7644 §3.5.1). */
export async function replaceUser(caller: Caller, id: string, body: unknown, condition: Precondition): Promise<Stored> {
  const resource = readUser(body, caller.tables);
  return changeUser(caller, id, condition, {
    isWhole: true,
    change: (before) => userRecord(replacedUser(resource, before, caller.tables), before),
  });
}

/** Applies a PATCH, all of it or nothing (RFC 7644 §3.5.2). */
export async function patchUserBy(caller: Caller, id: string, body: unknown, condition: Precondition): Promise<Stored> {
  const operations = parsePatch(body);
  demandOwnId(operations, id);
  return changeUser(caller, id, condition, {
    change: (before) => userRecord(patchUser(before, operations, caller.tables), before),
  });
}

export async function deleteUser(caller: Caller, id: string, condition: Precondition): Promise<void> {
  const ifVersion = await demandedVersion(caller, id, condition);
  await run(caller.hub, caller.call, deprovisionUser, { id, ifVersion });
}

type Change = Pick<RecordChange, 'isWhole' | 'change'>;

async function changeUser(caller: Caller, id: string, condition: Precondition, change: Change): Promise<Stored> {
  const ifVersion = await demandedVersion(caller, id, condition);
  const person = await run(caller.hub, caller.call, changeProvisionedUser, { id, ifVersion, ...change });
  return storedPerson(person, caller, person.groups ?? []);
}

/** The version that the write must still find, when the client demands one; null for any. */
async function demandedVersion(caller: Caller, id: string, condition: Precondition): Promise<number | null> {
  if (!isConditional(condition)) return null;
  const { version, groups } = storedUser(await findRow(caller, id), caller.tables);
  demandMatch(etagOf(version, groups), condition);
  return version;
}

async function findRow({ records, call, directoryId }: Caller, id: string): Promise<RecordRow> {
  const uuid = uuidOf('usr', id);
  const row = uuid && (await records.findUser(call.actor.tenantId, directoryId, uuid));
  if (!row) throw notFound('user', id);
  return row;
}

function storedPerson(person: Person, { directoryId, tables }: Caller, groups: readonly GroupOfUser[]): Stored {
  const { resource, linkedAt } = person.sources.find((source) => source.id === directoryId)!.link!;
  const { id, version, updatedAt } = person;
  const shown = tables.hasGroups ? shownGroups(groups) : [];
  return { id: wireId('usr', id), version, resource, createdAt: linkedAt, updatedAt, groups: shown };
}
