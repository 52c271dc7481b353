import type { JsonObject } from '../../domain/json.ts';
import { getOwn } from '../resource/own.ts';
import { requireText } from '../resource/require-text.ts';
import { standardTables } from '../schema/resolve.ts';
import { applied } from './apply.ts';
import { effort } from './effort.ts';
import type { Operation } from './operation.ts';
import { writesOf } from './write.ts';

/**
 * The record of a person after the operations, all or none (RFC 7644 §3.5.2). The record given stays as it is, and is
 * given back when nothing changes. Throws ScimFault naming the attribute.
 */
export function patchUser(resource: JsonObject, operations: readonly Operation[], tables = standardTables): JsonObject {
  const spend = effort();
  const next = writesOf('User', operations, tables).reduce((now, write) => {
    spend(now, write);
    return applied(now, write);
  }, resource);
  // Who came without a name when none was asked for can still be changed.
  const hadName = getOwn(resource, 'userName') !== undefined;
  if (hadName && tables.User.core.attributes.get('username')?.required) requireText(next, 'userName');
  return next;
}
