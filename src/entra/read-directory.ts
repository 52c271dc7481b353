import { readFileSync } from 'node:fs';
import type { Directory } from './directory.ts';
import { list, only, record, text } from './json-shape.ts';
import { USER_MAPPING } from './mapping.ts';
import { changesOf, happen, worldOf } from './world.ts';

/** Reads a directory file. Throws an Error whose message names the place, e.g. `people[3].mail: expected a text`. */
export function readDirectory(file: string): Directory {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
  try {
    return checkDirectory(json);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}

/** Checks a parsed directory file, including that every scenario can really happen. */
export function checkDirectory(json: unknown): Directory {
  const root = record(json, 'the file');
  only(root, ['people', 'groups', 'scenarios'], '');
  const people = list(root.people, 'people').map((one, i) => checkPerson(one, `people[${i}]`));
  const groups = list(root.groups ?? [], 'groups').map((one, i) => checkGroup(one, `groups[${i}]`));
  const ids = unique(people, 'id', 'people');
  unique(people, 'userPrincipalName', 'people');
  unique(groups, 'id', 'groups');
  people.forEach(({ manager }, i) => {
    if (manager !== undefined) known(ids, manager, `people[${i}].manager`);
  });
  groups.forEach((group, i) => {
    (group.members as string[]).forEach((member, j) => {
      known(ids, member, `groups[${i}].members[${j}]`);
    });
  });
  const directory = { ...root, people, groups } as unknown as Directory;
  for (const name of Object.keys(record(root.scenarios ?? {}, 'scenarios'))) rehearse(directory, name);
  return directory;
}

function checkPerson(value: unknown, at: string): Record<string, unknown> {
  const person = record(value, at);
  only(person, ['id', 'accountEnabled', 'manager', 'appRoles', ...Object.keys(USER_MAPPING)], `${at}.`);
  const { accountEnabled = true, appRoles = [], ...texts } = person;
  if (typeof accountEnabled !== 'boolean') throw new Error(`${at}.accountEnabled: expected true or false`);
  list(appRoles, `${at}.appRoles`).forEach((role, i) => {
    text(role, `${at}.appRoles[${i}]`);
  });
  for (const name of ['id', 'userPrincipalName']) text(person[name], `${at}.${name}`);
  for (const [name, one] of Object.entries(texts)) text(one, `${at}.${name}`);
  return { ...person, accountEnabled, appRoles };
}

function checkGroup(value: unknown, at: string): Record<string, unknown> {
  const group = record(value, at);
  only(group, ['id', 'displayName', 'members'], `${at}.`);
  text(group.id, `${at}.id`);
  text(group.displayName, `${at}.displayName`);
  const members = list(group.members ?? [], `${at}.members`);
  members.forEach((member, i) => {
    text(member, `${at}.members[${i}]`);
  });
  return { ...group, members };
}

const CHANGES: Record<string, string[]> = {
  hire: ['person'],
  edit: ['person', 'set'],
  disable: ['person'],
  restore: ['person'],
  delete: ['person'],
  'create-group': ['group'],
  'rename-group': ['group', 'displayName'],
  'add-member': ['group', 'person'],
  'remove-member': ['group', 'person'],
  'delete-group': ['group'],
};

// A scenario is played on a copy, so that a wrong id is found here and not in the middle of a run.
function rehearse(directory: Directory, name: string): void {
  const changes = list(changesOf(directory, name), `scenarios.${name}`).map((value, i) => {
    const at = `scenarios.${name}[${i}]`;
    const change = record(value, at);
    const fields = CHANGES[String(change.do)];
    if (!fields) throw new Error(`${at}.do: expected one of ${Object.keys(CHANGES).join(', ')}`);
    only(change, ['cycle', 'do', ...fields], `${at}.`);
    if (!Number.isInteger(change.cycle) || Number(change.cycle) < 1) throw new Error(`${at}.cycle: expected 1 or more`);
    if (change.do === 'hire') change.person = checkPerson(change.person, `${at}.person`);
    else if (change.do === 'create-group') change.group = checkGroup(change.group, `${at}.group`);
    else if (change.do === 'edit') only(record(change.set, `${at}.set`), EDITABLE, `${at}.set.`);
    else for (const field of fields) text(change[field], `${at}.${field}`);
    return { change, at };
  });
  const world = worldOf(directory);
  for (const { change, at } of changes.sort((a, b) => Number(a.change.cycle) - Number(b.change.cycle))) {
    try {
      happen(world, change as never);
    } catch (error) {
      throw new Error(`${at}: ${(error as Error).message}`);
    }
  }
}

const EDITABLE = ['manager', 'appRoles', ...Object.keys(USER_MAPPING)];

function unique(rows: Record<string, unknown>[], name: string, at: string): Set<string> {
  const seen = new Set<string>();
  rows.forEach((row, i) => {
    const key = String(row[name]);
    if (seen.has(key)) throw new Error(`${at}[${i}].${name}: "${key}" is there twice`);
    seen.add(key);
  });
  return seen;
}

function known(ids: Set<string>, id: unknown, at: string): void {
  if (!ids.has(String(id))) throw new Error(`${at}: there is no person "${id}"`);
}
