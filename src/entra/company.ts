import { type Chance, chance } from './chance.ts';
import { peopleMaker } from './company-people.ts';
import { DEPARTMENTS, ODD_GROUP_NAMES, OFFICES, PROJECTS } from './company-words.ts';
import type { Directory, Group, Person } from './directory.ts';
import { joinersMoversLeavers } from './joiners-movers-leavers.ts';

/** Size and seed of a sample company; the same three numbers give the same company for ever. */
export interface CompanyOptions {
  people?: number;
  groups?: number;
  seed?: number;
}

/**
 * Makes a company with a tree of managers, departments, offices, projects, guests, some disabled people, app roles, and
 * the scenario `joiners-movers-leavers` for cycles 2 and 3.
 */
export function sampleCompany({
  people: size = 1000,
  groups: groupCount = 60,
  seed = 1,
}: CompanyOptions = {}): Directory {
  const luck = chance(seed);
  const makePerson = peopleMaker(luck);
  const people: Person[] = [];
  // Seven reports each: four levels for a thousand people.
  for (let i = 0; i < size; i++) people.push(makePerson(people[Math.floor((i - 1) / 7)]?.id));
  const groups = sampleGroups(luck, people, groupCount);
  const scenario = joinersMoversLeavers(luck, makePerson, people, groups);
  return { people, groups, scenarios: { 'joiners-movers-leavers': scenario } };
}

// The first groups matter most, so that a small company still has one of each kind.
function sampleGroups(luck: Chance, people: Person[], count: number): Group[] {
  const named: [name: string, members: Person[]][] = [
    ['All staff', people],
    ['Reserved (nobody yet)', []],
    ...ODD_GROUP_NAMES.map((name): [string, Person[]] => [name, luck.sample(people, 3 + luck.upTo(12))]),
    ...DEPARTMENTS.map(([name]): [string, Person[]] => [name, people.filter(({ department }) => department === name)]),
    ...OFFICES.map(({ city }): [string, Person[]] => [`Office ${city}`, people.filter((one) => one.city === city)]),
  ];
  for (let i = 0; named.length < count; i++) {
    const name = `Project ${PROJECTS[i % PROJECTS.length]}${i < PROJECTS.length ? '' : ` ${Math.floor(i / PROJECTS.length) + 1}`}`;
    named.push([name, luck.sample(people, 5 + luck.upTo(35))]);
  }
  return named.slice(0, count).map(([displayName, members]) => {
    return { id: luck.guid(), displayName, members: members.map(({ id }) => id) };
  });
}
