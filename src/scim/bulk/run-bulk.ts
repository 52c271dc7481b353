import { newId, wireId } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import { invalidValue, ScimFault, shown } from '../faults.ts';
import type { Caller } from '../operations/caller.ts';
import { noteFault, refusalOf } from '../refusals.ts';
import { addressIn } from './address.ts';
import type { BulkOperation, BulkRequest } from './bulk-request.ts';
import { perform } from './perform.ts';
import { referencesIn, resolveData, resolvePath } from './references.ts';
import { type BulkResult, failure, success } from './result.ts';

/** An operation on its way. What a POST makes has its id before its turn, so that others may speak of it in any order. */
type Task = {
  readonly operation: BulkOperation;
  readonly uuid: string;
  wireId: string;
  state: 'waiting' | 'begun' | 'done' | 'failed';
  result: BulkResult | null;
};

/**
 * Does the operations of a bulk one after the other, each a transaction of its own (RFC 7644 §3.7). What an operation
 * refers to is made before it, wherever it stands; a circle of references is resolved by the ids given beforehand
 * (§3.7.1). The results are in the order of the operations; those that were not begun have none.
 */
export async function runBulk(caller: Caller, request: BulkRequest, baseUrl: string): Promise<JsonObject[]> {
  const tasks = request.operations.map((operation) => taskOf(operation, baseUrl));
  const makers = new Map(
    tasks.filter(({ operation }) => operation.method === 'POST').map((task) => [task.operation.bulkId, task]),
  );
  let left = request.failOnErrors ?? Number.POSITIVE_INFINITY;

  const settle = async (task: Task): Promise<void> => {
    if (task.state !== 'waiting') return;
    task.state = 'begun';
    for (const bulkId of referencesIn(task.operation)) {
      const maker = makers.get(bulkId);
      if (maker) await settle(maker);
    }
    if (left === 0) return;
    try {
      const done = await perform(caller, resolved(task.operation, makers), baseUrl, task.uuid);
      task.result = success(task.operation, done, baseUrl);
      task.state = 'done';
      // A person who was there already keeps their id.
      task.wireId = done.id;
    } catch (error) {
      const fault = refusalOf(error);
      if (!fault) throw error;
      const { method, path } = task.operation;
      await noteFault(caller, `POST /Bulk: ${shown(method)} ${shown(path)}`, fault, error);
      task.result = failure(task.operation, fault, baseUrl);
      task.state = 'failed';
      left--;
    }
  };

  for (const task of tasks) if (left > 0) await settle(task);
  return tasks.map(({ result }) => result).filter((result) => result !== null);
}

function taskOf(operation: BulkOperation, baseUrl: string): Task {
  const uuid = newId();
  const isGroup = addressIn(operation.path, baseUrl)?.resourceType === 'Group';
  return { operation, uuid, wireId: wireId(isGroup ? 'grp' : 'usr', uuid), state: 'waiting', result: null };
}

function resolved(operation: BulkOperation, makers: ReadonlyMap<string | null, Task>): BulkOperation {
  const idOf = (bulkId: string): string => {
    const maker = makers.get(bulkId);
    if (!maker) throw invalidValue(`bulkId:${bulkId}`, 'is the bulkId of no POST in this bulk.');
    if (maker.state !== 'failed') return maker.wireId;
    throw new ScimFault(409, null, `bulkId:${shown(bulkId)} could not be made, and this operation needs it.`, 'bulkId');
  };
  const { path, data } = operation;
  return { ...operation, path: resolvePath(path, idOf), data: data === undefined ? data : resolveData(data, idOf) };
}
