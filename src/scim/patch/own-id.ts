import { isJsonObject } from '../../domain/json.ts';
import { mutability } from '../faults.ts';
import { getOwn, nameIn } from '../resource/own.ts';
import type { Operation } from './operation.ts';

/** A value without a path may repeat the id of the resource it changes (entra.md H1); any other id is a mistake. */
export function demandOwnId(operations: readonly Operation[], id: string): void {
  for (const { path, value } of operations) {
    if (path !== null || !isJsonObject(value)) continue;
    const given = getOwn(value, nameIn(value, 'id'));
    if (given !== undefined && given !== null && given !== id) throw mutability('id');
  }
}
