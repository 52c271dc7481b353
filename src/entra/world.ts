import type { Change, Directory, Group, Happening, Person } from './directory.ts';

/** The directory as it stands in one cycle; `purged` holds ids deleted for good so far (entra.md B32). */
export interface World {
  people: Map<string, Person>;
  groups: Map<string, Group>;
  purged: Set<string>;
}

/** The world before the first cycle. Copies: the directory given is never changed. */
export function worldOf(directory: Directory): World {
  const { people, groups } = structuredClone({ people: directory.people, groups: directory.groups });
  return {
    people: new Map(people.map((person) => [person.id, person])),
    groups: new Map(groups.map((group) => [group.id, group])),
    purged: new Set(),
  };
}

/** The changes of a named scenario; none when no scenario is asked for. Throws when the directory has no such scenario. */
export function changesOf(directory: Directory, scenario: string | undefined): Change[] {
  if (scenario === undefined) return [];
  const changes = directory.scenarios?.[scenario];
  if (changes) return changes;
  const known = Object.keys(directory.scenarios ?? {}).join(', ') || 'none';
  throw new Error(`The directory has no scenario "${scenario}" (it has: ${known}).`);
}

/** Lets one change happen to the world. Throws when it names a person or group that does not exist at that time. */
export function happen(world: World, change: Happening): void {
  switch (change.do) {
    case 'hire':
      world.people.set(change.person.id, structuredClone(change.person));
      return;
    case 'edit':
      edit(personIn(world, change.person), change.set);
      return;
    case 'disable':
    case 'restore':
      personIn(world, change.person).accountEnabled = change.do === 'restore';
      return;
    case 'delete':
      purge(world, personIn(world, change.person).id);
      return;
    case 'create-group':
      world.groups.set(change.group.id, structuredClone(change.group));
      return;
    case 'rename-group':
      groupIn(world, change.group).displayName = change.displayName;
      return;
    case 'add-member': {
      const { members } = groupIn(world, change.group);
      if (!members.includes(personIn(world, change.person).id)) members.push(change.person);
      return;
    }
    case 'remove-member': {
      const group = groupIn(world, change.group);
      group.members = group.members.filter((member) => member !== change.person);
      return;
    }
    case 'delete-group':
      world.groups.delete(groupIn(world, change.group).id);
  }
}

function edit(person: Person, set: object): void {
  for (const [name, value] of Object.entries(set)) {
    if (value === null) delete (person as Record<string, unknown>)[name];
    else (person as Record<string, unknown>)[name] = value;
  }
}

function purge(world: World, id: string): void {
  world.people.delete(id);
  world.purged.add(id);
  for (const group of world.groups.values()) group.members = group.members.filter((member) => member !== id);
  for (const person of world.people.values()) if (person.manager === id) delete person.manager;
}

function personIn(world: World, id: string): Person {
  const person = world.people.get(id);
  if (!person) throw new Error(`There is no person "${id}" at that time.`);
  return person;
}

function groupIn(world: World, id: string): Group {
  const group = world.groups.get(id);
  if (!group) throw new Error(`There is no group "${id}" at that time.`);
  return group;
}
