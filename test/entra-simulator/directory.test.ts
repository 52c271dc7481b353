import { expect, test } from 'vitest';
import { sampleCompany } from '../../src/entra/company.ts';
import { checkDirectory } from '../../src/entra/read-directory.ts';

const ada = { id: 'ada', userPrincipalName: 'ada@example.com' };

test('the sample company is the same for the same seed and another for another', () => {
  expect(sampleCompany({ people: 50, seed: 3 })).toEqual(sampleCompany({ people: 50, seed: 3 }));
  expect(sampleCompany({ people: 50, seed: 3 })).not.toEqual(sampleCompany({ people: 50, seed: 4 }));
});

test.each([1, 2, 3])('the sample company is a valid directory file, for seed %i', (seed) => {
  const company = sampleCompany({ seed });
  expect(checkDirectory(JSON.parse(JSON.stringify(company)))).toEqual(company);
});

test('the sample company has what real directories have', () => {
  const { people, groups } = sampleCompany();
  expect(people).toHaveLength(1000);
  expect(people.every(({ displayName }) => displayName && !/\s{2}|\n/.test(displayName))).toBe(true);
  expect(groups).toHaveLength(60);
  expect(groups[0]!.members).toHaveLength(1000);
  expect(groups.some(({ members }) => members.length === 0)).toBe(true);
  expect(groups.some(({ displayName }) => /["+🚨]/u.test(displayName))).toBe(true);
  expect(new Set(groups.map(({ displayName }) => displayName.toLowerCase())).size).toBe(60);
  expect(people.filter(({ manager }) => manager === undefined)).toHaveLength(1);
  for (const sign of ['#EXT#', "'"])
    expect(
      people.some((one) => one.userPrincipalName.includes(sign)),
      sign,
    ).toBe(true);
  expect(people.some(({ mail }) => mail?.includes('+'))).toBe(true);
  expect(people.some(({ accountEnabled }) => !accountEnabled)).toBe(true);
  for (const role of ['User', 'Admin', 'S4Stakeholder']) {
    expect(
      people.some(({ appRoles }) => appRoles?.includes(role)),
      role,
    ).toBe(true);
  }
});

test('a tiny company works too', () => {
  for (const people of [1, 2, 9])
    checkDirectory(JSON.parse(JSON.stringify(sampleCompany({ people, groups: people - 1 }))));
});

test('enabled is the default of a person in a file', () => {
  expect(checkDirectory({ people: [ada] }).people[0]).toMatchObject({ accountEnabled: true, appRoles: [] });
});

test.each([
  [[], 'the file: expected an object'],
  [{ people: {} }, 'people: expected a list'],
  [{ people: [{ id: 'ada' }] }, 'people[0].userPrincipalName: expected a text'],
  [{ people: [{ ...ada, jobTitel: 'x' }] }, 'people[0].jobTitel: unknown name'],
  [{ people: [{ ...ada, mail: 7 }] }, 'people[0].mail: expected a text'],
  [{ people: [ada, ada] }, 'people[1].id: "ada" is there twice'],
  [{ people: [{ ...ada, manager: 'bob' }] }, 'people[0].manager: there is no person "bob"'],
  [
    { people: [ada], groups: [{ id: 'g', displayName: 'G', members: ['x'] }] },
    'groups[0].members[0]: there is no person "x"',
  ],
  [{ people: [ada], scenarios: { s: [{ cycle: 2, do: 'fire' }] } }, 'scenarios.s[0].do: expected one of hire'],
  [{ people: [ada], scenarios: { s: [{ cycle: 0, do: 'disable' }] } }, 'scenarios.s[0].cycle: expected 1 or more'],
  [
    { people: [ada], scenarios: { s: [{ cycle: 2, do: 'disable', person: 'bob' }] } },
    'scenarios.s[0]: There is no person "bob" at that time.',
  ],
])('a wrong directory file is refused with the place: %j', (file, message) => {
  expect(() => checkDirectory(file)).toThrow(message);
});
