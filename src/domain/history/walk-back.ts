import type { EventRow } from '../events/event-reader.ts';
import { wireId } from '../ids.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { Person, UserStatus } from '../users/person.ts';
import type { Present } from './history-reader.ts';

/** An event as far as it tells what was before it. */
export type PastEvent = Pick<EventRow, 'seq' | 'at' | 'name' | 'actor' | 'subjectId' | 'objectId' | 'changes'>;

/** A person at one moment; teams by stored id, roles by what the directories sent and was given directly. */
export type PastPerson = {
  status: UserStatus;
  userName: string;
  /** The values that counted, by key; null: none. */
  values: Map<string, Json>;
  teamIds: Set<string>;
  roles: string[];
};

/**
 * The person before those events, which came last and are given newest first. Each event says what its values were
 * before it, so the present may have been read at any time before the events were. `given`: keys of the roles that they
 * were given directly and have now.
 */
export function walkBack(
  { person, teamIds }: Present,
  events: readonly PastEvent[],
  given: readonly string[] = [],
): PastPerson {
  const past = { status: person.status, userName: person.userName, values: new Map(Object.entries(person.values)) };
  const teams = new Set(teamIds);
  const roles = new Map(rolesBySource(person));
  const direct = new Set(given);
  for (const event of events) {
    if (event.objectId === person.id) {
      if (event.name === 'team.members.added') teams.delete(event.subjectId);
      if (event.name === 'team.members.removed') teams.add(event.subjectId);
      continue;
    }
    for (const { key, from, to, shadow, source } of event.changes) {
      if (key === 'role') unsetRole(direct, from, to);
      if (key === 'roles' && shadow) roles.set(source ? wireId('dir', source) : event.actor, from);
      else if (shadow || key === 'externalId' || key === 'kind' || key === 'role') continue;
      else if (key === 'status') past.status = from as UserStatus;
      else if (key === 'userName') past.userName = String(from);
      else past.values.set(key, from);
    }
  }
  return { ...past, teamIds: teams, roles: [...new Set([...direct, ...[...roles.values()].flatMap(roleNames)])] };
}

function unsetRole(direct: Set<string>, from: Json, to: Json): void {
  if (typeof to === 'string') direct.delete(to);
  if (typeof from === 'string') direct.add(from);
}

function* rolesBySource(person: Person): Generator<[string, Json]> {
  for (const { id, link } of person.sources) if (link?.resource.roles) yield [wireId('dir', id), link.resource.roles];
}

/** The names in a record's `roles` (RFC 7643 §4.1.2): of each its value, else what is shown for it. */
function roleNames(roles: Json): string[] {
  const list = Array.isArray(roles) ? roles : [roles];
  return list
    .map((role) => (isJsonObject(role) ? (role.value ?? role.display) : role))
    .filter((name) => typeof name === 'string');
}
