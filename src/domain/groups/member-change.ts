import { HubError } from '../errors.ts';
import { uuidOf, wireId } from '../ids.ts';

/** A member as a filter of a PATCH path sees them (RFC 7643 §4.2). */
export type MemberView = { value: string; display: string | null; type: 'User' };

/** One step of a change of members, in order; ids are wire ids as they came. */
export type MemberChange =
  | { kind: 'add' | 'remove' | 'replace'; ids: string[] }
  | { kind: 'clear' }
  | { kind: 'removeWhere'; matches(member: MemberView): boolean };

/** The stored ids of people to add; refused naming each that cannot be one. */
export function memberIds(ids: readonly string[]): string[] {
  const uuids = ids.map((id) => uuidOf('usr', id));
  demandMembers(ids.filter((_, index) => uuids[index] === null));
  return [...new Set(uuids as string[])];
}

/** The stored ids among these; whatever else is listed cannot be a member. */
export const possibleMemberIds = (ids: readonly string[]): string[] =>
  ids.map((id) => uuidOf('usr', id)).filter((uuid) => uuid !== null);

/** Refuses the whole change naming the ids that are nobody, unless there are none. Never drops one silently. */
export function demandMembers(unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, 10).join(', ');
  throw new HubError('INVALID_INPUT', `members names nobody this directory provisioned: ${shown}.`, {
    path: ['members'],
  });
}

/** As `demandMembers`, for stored ids. */
export const demandKnownMembers = (unknown: readonly string[]): void =>
  demandMembers(unknown.map((uuid) => wireId('usr', uuid)));
