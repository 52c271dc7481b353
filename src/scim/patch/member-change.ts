import type { Condition } from '../../domain/condition.ts';
import type { MemberChange } from '../../domain/groups/member-change.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { mutability, noTarget } from '../faults.ts';
import { matches } from '../filter/evaluate.ts';
import { memberIds } from '../resource/members.ts';
import { isEmpty } from '../resource/scalar.ts';
import type { AttributeWrite } from './write.ts';

/** What a write of `members` changes, in order. Adding who is in and removing who is not are no errors. */
export function memberChanges(write: AttributeWrite): MemberChange[] {
  const { op, ref, where, value, path } = write;
  // Who a member is cannot change, only whether they are one (RFC 7643 §8.7.1: immutable).
  if (ref.sub && (ref.sub.name !== 'value' || (where && op !== 'remove'))) throw mutability(path);
  // What a member is made of does not go without the member, and nobody said that all should go.
  if (ref.sub && !where && op === 'remove' && (value === undefined || value === null)) throw mutability(path);
  if (where) return op === 'remove' || (op === 'replace' && isEmpty(value)) ? [removal(where)] : exchange(where, write);
  if (op === 'remove') return removed(value);
  if (isEmpty(value)) return op === 'replace' ? [{ kind: 'clear' }] : [];
  return [{ kind: op, ids: memberIds(value!) }];
}

/** Without a value everyone goes (C10); with one only those in it (C8), so that an empty list takes nobody. */
function removed(value: Json | undefined): MemberChange[] {
  if (value === undefined || value === null) return [{ kind: 'clear' }];
  return isEmpty(value) ? [] : [{ kind: 'remove', ids: memberIds(value) }];
}

/** `members[value eq "x"]` with add means x; with replace, x makes way for the value. */
function exchange(where: Condition, { op, value, path }: AttributeWrite): MemberChange[] {
  const ids = idsIn(where);
  if (!ids) throw noTarget(path);
  if (op === 'add') return [{ kind: 'add', ids: isEmpty(value) || isJsonObject(value) ? ids : memberIds(value!) }];
  return [
    { kind: 'remove', ids },
    { kind: 'add', ids: memberIds(value!) },
  ];
}

function removal(where: Condition): MemberChange {
  const ids = idsIn(where);
  if (ids) return { kind: 'remove', ids };
  return {
    kind: 'removeWhere',
    matches: ({ value, display, type }) => matches(where, { value, display, type }, 'Group', 'members'),
  };
}

/** The ids that a filter names, when that is all it does (entra.md C9). */
export function idsIn(where: Condition): string[] | null {
  if (where.kind === 'compare') {
    const isId = where.op === 'eq' && where.attribute.steps[0]?.name === 'value' && typeof where.value === 'string';
    return isId ? [where.value as string] : null;
  }
  if (where.kind !== 'or') return null;
  const ids: string[] = [];
  for (const term of where.terms) {
    const named = idsIn(term);
    if (!named) return null;
    ids.push(...named);
  }
  return [...new Set(ids)];
}
