import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { invalidValue, tooMany } from '../faults.ts';
import { getOwn, nameIn } from './own.ts';
import { idInAddress } from './reference.ts';

const MAX_MEMBERS = 50_000;

/**
 * The wire ids in a list of members, without repeats: objects with a `value` or else a `$ref`, bare texts, or one of either
 * (entra.md C7). Throws invalidValue for a member without an id, so that none is lost in silence;
 * tooMany (413) above 50,000.
 */
export function memberIds(given: Json): string[] {
  const members = Array.isArray(given) ? given : [given];
  if (members.length > MAX_MEMBERS) throw tooMany(`A request names at most ${MAX_MEMBERS} members.`);
  return [...new Set(members.map(memberId))];
}

function memberId(member: Json): string {
  const id = isJsonObject(member) ? idOf(member) : member;
  if (typeof id === 'string' && id !== '') return id;
  if (typeof id === 'number') return String(id);
  throw invalidValue('members', 'must each have the id of a person as their value.');
}

const idOf = (member: JsonObject): Json | null =>
  getOwn(member, nameIn(member, 'value')) ?? idInAddress(getOwn(member, nameIn(member, '$ref')));
