import type { Json } from '../../domain/json.ts';
import { invalidSyntax, noGroups, ScimFault } from '../faults.ts';
import type { Caller } from '../operations/caller.ts';
import { createGroup, deleteGroup, getGroup, patchGroupBy, replaceGroup } from '../operations/groups.ts';
import { type Precondition, unconditional } from '../operations/precondition.ts';
import { createUser, deleteUser, patchUserBy, replaceUser } from '../operations/users.ts';
import { etagOf } from '../resource/render.ts';
import { type Address, getAddress } from './address.ts';
import { type BulkMethod, type BulkOperation, bulkMethod } from './bulk-request.ts';

/** What came of an operation that succeeded: the wire id of its resource, and the entity tag while it lives. */
export type Done = {
  readonly address: Address;
  readonly status: number;
  readonly id: string;
  readonly etag: string | null;
};

/** Does one operation, as the request of its own that it could have been. `uuid`: the id of what a POST makes. */
export async function perform(caller: Caller, operation: BulkOperation, baseUrl: string, uuid?: string): Promise<Done> {
  const method = bulkMethod(operation.method);
  const address = getAddress(operation.path, baseUrl);
  if (address.resourceType === 'Group' && !caller.tables.hasGroups) throw noGroups();
  const { data } = operation;
  if (method === 'POST') return { address, ...(await make(caller, address, demandData(data), operation, uuid)) };
  const { id } = address;
  if (id === null) throw new ScimFault(405, null, `${method} needs the id of a resource in its path.`, 'path');
  const condition = operation.version === null ? unconditional : { ...unconditional, ifMatch: operation.version };
  const etag = await change(caller, method, { ...address, id }, data, condition);
  return { address, status: method === 'DELETE' ? 204 : 200, id, etag };
}

async function make(
  caller: Caller,
  { resourceType, id }: Address,
  data: Json,
  { bulkId }: BulkOperation,
  uuid?: string,
) {
  if (id !== null) throw new ScimFault(405, null, 'POST makes a resource; its path has no id.', 'path');
  if (bulkId === null) throw new ScimFault(400, 'invalidSyntax', 'An operation with POST needs a bulkId.', 'bulkId');
  if (resourceType === 'User') {
    const person = await createUser(caller, data, uuid);
    return { status: 201, id: person.id, etag: etagOf(person.version) };
  }
  const made = await createGroup(caller, data, uuid);
  return { status: 201, id: made, etag: await groupTag(caller, made) };
}

type Named = Address & { id: string };

async function change(
  caller: Caller,
  method: Exclude<BulkMethod, 'POST'>,
  at: Named,
  data: Json | undefined,
  condition: Precondition,
) {
  const { resourceType, id } = at;
  if (method === 'DELETE') {
    await (resourceType === 'User' ? deleteUser : deleteGroup)(caller, id, condition);
    return null;
  }
  const body = demandData(data);
  if (resourceType === 'User') {
    const person = await (method === 'PUT' ? replaceUser : patchUserBy)(caller, id, body, condition);
    return etagOf(person.version);
  }
  await (method === 'PUT' ? replaceGroup : patchGroupBy)(caller, id, body, condition);
  return groupTag(caller, id);
}

const groupTag = async (caller: Caller, id: string) => etagOf((await getGroup(caller, id)).version);

function demandData(data: Json | undefined): Json {
  if (data === undefined || data === null) throw invalidSyntax('The operation needs data.');
  return data;
}
