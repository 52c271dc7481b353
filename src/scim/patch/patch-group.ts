import type { MemberChange } from '../../domain/groups/member-change.ts';
import type { JsonObject } from '../../domain/json.ts';
import { requireText } from '../resource/require-text.ts';
import { standardTables } from '../schema/resolve.ts';
import { applied } from './apply.ts';
import { demandFewTerms, effort } from './effort.ts';
import { idsIn, memberChanges } from './member-change.ts';
import type { Operation } from './operation.ts';
import { type AttributeWrite, type Write, writesOf } from './write.ts';

/** What operations do to a group: to its record, and to who is in it. */
export type GroupPatch = {
  /** The record after the operations; the one given stays as it is. Throws ScimFault naming the attribute. */
  change: ((resource: JsonObject) => JsonObject) | null;
  members: MemberChange[];
};

/** Reads operations on a group (RFC 7644 §3.5.2). Throws ScimFault before anything is changed. */
export function patchGroup(operations: readonly Operation[], tables = standardTables): GroupPatch {
  const writes = writesOf('Group', operations, tables);
  const others = writes.filter((write) => !isOfMembers(write));
  const change = (resource: JsonObject): JsonObject => {
    const spend = effort();
    const next = others.reduce((now, write) => {
      spend(now, write);
      return applied(now, write);
    }, resource);
    requireText(next, 'displayName');
    return next;
  };
  const members = writes.filter(isOfMembers);
  const steps = members.flatMap(memberChanges);
  if (steps.some(({ kind }) => kind === 'removeWhere'))
    demandFewTerms(members.flatMap(({ where }) => (where && !idsIn(where) ? [where] : [])));
  return { change: others.length > 0 ? change : null, members: steps };
}

const isOfMembers = (write: Write): write is AttributeWrite =>
  write.kind === 'attribute' && write.ref.schema === null && write.ref.definition?.name === 'members';
