import type { Directory, Group, Person } from './directory.ts';
import { personTarget } from './target.ts';
import { changesOf, happen, worldOf } from './world.ts';

/** How a provisioned user should look. `attributes` is SCIM path → value without `active`; `manager` is a userName. */
interface ExpectedUser {
  externalId: string;
  active: boolean;
  attributes: Record<string, string>;
  roles: string[];
  manager?: string;
}

/** How a provisioned group should look; `members` are userNames, sorted. */
interface ExpectedGroup {
  externalId: string;
  members: string[];
}

/** What the server should hold: users by userName, groups by displayName. */
export interface Expectations {
  users: Map<string, ExpectedUser>;
  groups: Map<string, ExpectedGroup>;
}

/**
 * What an empty server should hold after the given number of cycles, computed without talking to one.
 * Follows Entra's own omissions: disabled people are never created (entra.md B36), emptied attributes are not cleared
 * (B26), and references to people out of scope stay out even when they come into scope later (B25, C16).
 */
export function expectations(directory: Directory, options: { cycles?: number; scenario?: string } = {}): Expectations {
  const changes = changesOf(directory, options.scenario);
  const world = worldOf(directory);
  const users = new Map<string, Kept>();
  const groups = new Map<string, Map<string, boolean>>();
  for (let cycle = 1; cycle <= (options.cycles ?? 1); cycle++) {
    for (const change of changes) if (change.cycle === cycle) happen(world, change);
    for (const id of world.purged) users.delete(id);
    for (const id of groups.keys()) if (!world.groups.has(id)) groups.delete(id);
    for (const person of world.people.values()) keepPerson(users, person);
    for (const person of world.people.values()) keepManager(users, person);
    for (const group of world.groups.values()) keepMembers(groups, users, group);
  }
  const nameOf = (id: string | undefined) => (id === undefined ? undefined : users.get(id)?.user.attributes.userName);
  for (const { user, manager } of users.values()) {
    const name = nameOf(manager);
    if (name !== undefined) user.manager = name;
  }
  return {
    users: new Map([...users.values()].map(({ user }) => [user.attributes.userName!, user])),
    groups: new Map(
      [...world.groups.values()].map(({ id, displayName }) => {
        const members = [...groups.get(id)!].filter(([member, sent]) => sent && users.has(member));
        return [displayName, { externalId: id, members: members.map(([member]) => nameOf(member)!).sort() }];
      }),
    ),
  };
}

interface Kept {
  user: ExpectedUser;
  seen?: string;
  manager?: string;
}

function keepPerson(users: Map<string, Kept>, person: Person): void {
  const kept = users.get(person.id);
  if (!kept && !person.accountEnabled) return;
  const { values, roles = [] } = personTarget(person);
  const attributes = { ...kept?.user.attributes };
  for (const [path, value] of values) if (typeof value === 'string') attributes[path] = value;
  const user = { externalId: person.id, active: person.accountEnabled, attributes, roles: roles.toSorted() };
  users.set(person.id, { ...kept, user });
}

function keepManager(users: Map<string, Kept>, person: Person): void {
  const kept = users.get(person.id);
  if (!kept || kept.seen === person.manager) return;
  kept.seen = person.manager;
  if (person.manager === undefined || users.has(person.manager)) kept.manager = person.manager;
}

function keepMembers(groups: Map<string, Map<string, boolean>>, users: Map<string, Kept>, group: Group): void {
  const kept = groups.get(group.id) ?? new Map<string, boolean>();
  groups.set(group.id, kept);
  for (const member of kept.keys()) if (!group.members.includes(member)) kept.delete(member);
  for (const member of group.members) if (!kept.has(member)) kept.set(member, users.has(member));
}
