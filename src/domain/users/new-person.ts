import { newId } from '../ids.ts';
import { demandIndexable } from '../indexable.ts';
import { DEVICE, type Link, LOCAL, type Person, type PersonSource } from './person.ts';

/** A person before anybody has said anything about them; version 0 was never stored. Refused when the name is too long. */
export function newPerson(userName: string, at: string, id = newId()): Person {
  demandIndexable('userName', userName);
  return {
    id,
    version: 0,
    kind: 'MEMBER',
    kindByRule: false,
    status: 'STAGED',
    statusAt: at,
    visible: true,
    seated: false,
    waitsFor: null,
    activatedAt: null,
    loginId: null,
    userName,
    values: {},
    sources: [],
    createdAt: at,
    updatedAt: at,
  };
}

/** The source a directory's link makes, added to the person. */
export function addDirectorySource(person: Person, directoryId: string, link: Link): PersonSource {
  return add(person, { id: directoryId, kind: 'DIRECTORY', live: true, asserted: {}, writes: {}, link });
}

/** The source of what people and products write, made at their first edit. */
export const localSource = (person: Person): PersonSource => unlinkedSource(person, LOCAL);

/** The source of what the person's device says, made at its first word. */
export const deviceSource = (person: Person): PersonSource => unlinkedSource(person, DEVICE);

function unlinkedSource(person: Person, kind: typeof LOCAL | typeof DEVICE): PersonSource {
  const known = person.sources.find((source) => source.kind === kind);
  return known ?? add(person, { id: kind, kind, live: true, asserted: {}, writes: {}, link: null });
}

function add(person: Person, source: PersonSource): PersonSource {
  person.sources.push(source);
  return source;
}
