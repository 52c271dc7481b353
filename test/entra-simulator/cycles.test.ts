import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleCompany } from '../../src/entra/company.ts';
import { differences } from '../../src/entra/difference.ts';
import type { Change, Directory } from '../../src/entra/directory.ts';
import { expectations } from '../../src/entra/expectations.ts';
import { ENTERPRISE } from '../../src/entra/mapping.ts';
import type { Progress } from '../../src/entra/run-cycle.ts';
import { directoryOf, person, withPeer } from './support.ts';

const { peer, run } = withPeer();
const small = (seed: number) => sampleCompany({ people: 60, groups: 30, seed });

test('B6 when nothing differs the second cycle reads everything and sends no PATCH', async () => {
  const report = await run({ directory: small(1), cycles: 2 });
  const [first, second] = report.cycles;
  expect(report.ok).toBe(true);
  expect(first!.patches).toBe(first!.managers + first!.memberAdds);
  expect(second).toMatchObject({ patches: 0, createdUsers: 0, matched: 0 });
  expect(second!.unchanged).toBe(first!.createdUsers + first!.createdGroups);
});

test('B6 an attribute that does not come back is sent again in every cycle', async () => {
  peer().interrupt = () => {
    for (const user of peer().users.values()) delete user.title;
    return undefined;
  };
  const report = await run({ directory: directoryOf([person('ada', { jobTitle: 'Countess' })]), cycles: 3 });
  expect(report.cycles.map(({ patchedUsers }) => patchedUsers)).toEqual([0, 1, 1]);
});

test('B25 a manager that does not come back is sent again', async () => {
  peer().interrupt = ({ method, url }) => (method === 'PATCH' && /Users/.test(url) ? { status: 204 } : undefined);
  const report = await run({ directory: directoryOf([person('ada'), person('bob', { manager: 'ada' })]), cycles: 3 });
  expect(report.cycles.map(({ managers }) => managers)).toEqual([1, 1, 1]);
});

test('C11 never more than five PATCHes are in flight on one group, nor more requests than allowed', async () => {
  const people = Array.from({ length: 40 }, (_, i) => person(`p${i}`));
  const groups = ['a', 'b'].map((id) => ({ id, displayName: id, members: people.map((one) => one.id) }));
  peer().delayMs = 15;
  const report = await run({ directory: directoryOf(people, { groups }), parallel: 12 });
  expect(report.cycles[0]!.memberAdds).toBe(80);
  expect(peer().mostOnOneGroup).toBe(5);
  expect(peer().mostAtOnce).toBe(12);
});

test('C12 the members of a group are never read', async () => {
  await run({ directory: small(1), cycles: 2 });
  for (const { url } of peer().asked('GET', /Groups/)) expect(url).toContain('excludedAttributes=members');
});

test.each(['verbose', 'batched', 'mixed'] as const)(
  'joiners, movers and leavers end as expected when told in %s',
  async (dialect) => {
    const directory = small(7);
    const scenario = 'joiners-movers-leavers';
    const report = await run({ directory, dialect, scenario, cycles: 4 });
    expect(report.refusals).toEqual([]);
    expect(report.cycles[3]!.patches).toBe(0);
    expectHeld(directory, { scenario, cycles: 4 });
  },
);

test('the sample scenario has everything that can happen', async () => {
  const { cycles } = await run({ directory: small(7), scenario: 'joiners-movers-leavers', cycles: 3 });
  const [, second, third] = cycles;
  for (const name of [
    'createdUsers',
    'patchedUsers',
    'disabled',
    'patchedGroups',
    'managers',
    'memberAdds',
    'memberRemoves',
  ] as const) {
    expect(second![name], name).toBeGreaterThan(0);
  }
  for (const name of ['patchedUsers', 'restored', 'deletedUsers', 'deletedGroups'] as const) {
    expect(third![name], name).toBeGreaterThan(0);
  }
});

test('B36 C16 disabled people are not created, and a late joiner is not added to old groups', async () => {
  const scenarios = { late: [{ cycle: 2, do: 'restore', person: 'bob' }] satisfies Change[] };
  const people = [person('ada', { manager: 'bob' }), person('bob', { accountEnabled: false })];
  const directory = directoryOf(people, {
    groups: [{ id: 'g', displayName: 'G', members: ['ada', 'bob'] }],
    scenarios,
  });
  const report = await run({ directory, scenario: 'late', cycles: 2 });
  expect(report.cycles.map(({ createdUsers }) => createdUsers)).toEqual([1, 1]);
  expect(report.cycles[1]).toMatchObject({ memberAdds: 0, managers: 0 });
  expectHeld(directory, { scenario: 'late', cycles: 2 });
});

test('a state file lets the next run go on, and who left the directory is deactivated once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entra-'));
  const stateFile = join(folder, 'state.json');
  const groups = [{ id: 'g', displayName: 'G', members: ['ada', 'bob'] }];
  await run({ directory: directoryOf([person('ada'), person('bob')], { groups }), stateFile });
  const without = directoryOf([person('ada')]);
  const [second] = (await run({ directory: without, stateFile })).cycles;
  expect(second).toMatchObject({ createdUsers: 0, unchanged: 1, disabled: 1, deletedGroups: 1 });
  const [third] = (await run({ directory: without, stateFile })).cycles;
  expect(third).toMatchObject({ disabled: 0, patches: 0 });
  rmSync(folder, { recursive: true });
});

test('progress is told for every phase of every cycle', async () => {
  const told: Progress[] = [];
  await run({ directory: small(1), cycles: 2, onProgress: (progress) => told.push(progress) });
  expect([...new Set(told.map(({ cycle, phase }) => `${cycle} ${phase}`))]).toHaveLength(10);
  const last = told.at(-1)!;
  expect(last).toMatchObject({ cycle: 2, cycles: 2, phase: 'members', refused: 0 });
});

function expectHeld(directory: Directory, options: { scenario: string; cycles: number }): void {
  const { users, groups } = expectations(directory, options);
  const held = peer();
  const nameOf = (id: string) => held.users.get(id)!.userName as string;
  expect([...held.users.values()].map(({ userName }) => userName).sort()).toEqual([...users.keys()].sort());
  for (const [userName, expected] of users) {
    const user = held.userNamed(userName)!;
    const values = new Map<string, string | boolean>(Object.entries(expected.attributes));
    expect(differences({ values: values.set('active', expected.active), roles: expected.roles }, user)).toEqual([]);
    const manager = user[ENTERPRISE]?.manager?.value;
    expect(manager && nameOf(manager)).toBe(expected.manager);
  }
  const found = [...held.groups.values()].map((group): [string, string[]] => {
    return [group.displayName!, group.members!.map(({ value }) => nameOf(value)).sort()];
  });
  expect(new Map(found)).toEqual(new Map([...groups].map(([name, { members }]) => [name, members])));
}
