import { isJsonObject, type Json } from '../../domain/json.ts';
import { invalidValue } from '../faults.ts';
import { getOwn, nameIn } from './own.ts';

/**
 * The wire ids in a list of members, without repeats: objects with a `value`, bare texts, or one of either
 * (entra.md C7). Throws invalidValue for a member without an id, so that none is lost in silence.
 */
export function memberIds(given: Json): string[] {
  const members = Array.isArray(given) ? given : [given];
  return [...new Set(members.map(memberId))];
}

function memberId(member: Json): string {
  const id = isJsonObject(member) ? getOwn(member, nameIn(member, 'value')) : member;
  if (typeof id === 'string' && id !== '') return id;
  if (typeof id === 'number') return String(id);
  throw invalidValue('members', 'must each have the id of a person as their value.');
}
