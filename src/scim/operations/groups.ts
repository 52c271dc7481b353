import { run } from '../../domain/command.ts';
import type { RecordRow } from '../../domain/directories/record-reader.ts';
import { notFound } from '../../domain/errors.ts';
import { changeGroup } from '../../domain/groups/change-group.ts';
import { changeGroupMembers } from '../../domain/groups/change-group-members.ts';
import { deprovisionGroup } from '../../domain/groups/deprovision-group.ts';
import type { MemberChange } from '../../domain/groups/member-change.ts';
import { provisionGroup } from '../../domain/groups/provision-group.ts';
import { uuidOf, wireId } from '../../domain/ids.ts';
import { parsePatch } from '../patch/operation.ts';
import { demandOwnId } from '../patch/own-id.ts';
import { patchGroup } from '../patch/patch-group.ts';
import { readGroup } from '../resource/read.ts';
import { groupRecord } from '../resource/record.ts';
import { etagOf, type Stored } from '../resource/render.ts';
import type { Caller } from './caller.ts';
import { demandMatch, isConditional, type Precondition } from './precondition.ts';

/** A group's row by wire id, if the calling directory made it; NOT_FOUND. */
export async function getGroup({ records, call, directoryId }: Caller, id: string): Promise<RecordRow> {
  const uuid = uuidOf('grp', id);
  const row = uuid && (await records.findGroup(call.actor.tenantId, directoryId, uuid));
  if (!row) throw notFound('group', id);
  return row;
}

/** The wire id of the group made. `uuid`: the id to give, when a bulk has spoken of the group before making it. */
export async function createGroup(caller: Caller, body: unknown, uuid?: string): Promise<string> {
  const { resource, members } = readGroup(body, caller.tables);
  const input = { record: groupRecord(resource), members: members ?? [], id: uuid };
  const group = await run(caller.hub, caller.call, provisionGroup, input);
  return wireId('grp', group.id);
}

/** Replaces the record and who is in it: what a PUT leaves out is unassigned, members too (RFC 7643 §2.5, RFC 7644 §3.5.1). */
export async function replaceGroup(caller: Caller, id: string, body: unknown, condition: Precondition): Promise<void> {
  const { resource, members } = readGroup(body, caller.tables);
  const replaced: MemberChange = members ? { kind: 'replace', ids: members } : { kind: 'clear' };
  const ifVersion = await demandedVersion(caller, id, condition);
  const input = { id, ifVersion, change: () => groupRecord(resource), members: [replaced] };
  await run(caller.hub, caller.call, changeGroup, input);
}

/** Applies a PATCH, all of it or nothing. A plain delta of members takes no lock on the group (entra.md C11). */
export async function patchGroupBy(caller: Caller, id: string, body: unknown, condition: Precondition): Promise<void> {
  const operations = parsePatch(body);
  demandOwnId(operations, id);
  const { change, members } = patchGroup(operations, caller.tables);
  const [delta] = members;
  const isDelta = !change && members.length === 1 && (delta?.kind === 'add' || delta?.kind === 'remove');
  if (isDelta && !isConditional(condition)) {
    const input = { id, kind: delta.kind, members: delta.ids };
    return run(caller.hub, caller.call, changeGroupMembers, input);
  }
  const ifVersion = await demandedVersion(caller, id, condition);
  const apply = (before: Stored['resource']) => groupRecord(change ? change(before) : before);
  const input = { id, ifVersion, change: ({ resource }: { resource: Stored['resource'] }) => apply(resource), members };
  await run(caller.hub, caller.call, changeGroup, input);
}

export async function deleteGroup(caller: Caller, id: string, condition: Precondition): Promise<void> {
  const ifVersion = await demandedVersion(caller, id, condition);
  await run(caller.hub, caller.call, deprovisionGroup, { id, ifVersion });
}

/** The version that the write must still find, when the client demands one; null for any. */
async function demandedVersion(caller: Caller, id: string, condition: Precondition): Promise<number | null> {
  if (!isConditional(condition)) return null;
  const { version } = await getGroup(caller, id);
  demandMatch(etagOf(version), condition);
  return version;
}
