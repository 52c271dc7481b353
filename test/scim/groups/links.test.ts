import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { newScene, type Scene } from './scene.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const manualTeam = async (scene: Scene, name: string, ...users: string[]): Promise<string> => {
  const { data } = await scene.ask('mutation ($name: String!) { createTeam(name: $name) { team { id } } }', { name });
  const { id } = data.createTeam.team;
  await scene.mutate('addTeamMembers', { id, users });
  return id;
};

test('several groups linked to one manual team make their people its members, beside those by hand', async () => {
  const scene = await newScene(hub);
  const [ada, both, hand] = (await scene.client.people('ada', 'both', 'hand')) as [string, string, string];
  const groups = [await scene.client.group('A', [ada, both]), await scene.client.group('B', [both])];
  const team = await manualTeam(scene, 'All', hand);
  for (const group of groups) expect(await scene.mutate('linkGroup', { group, team })).toEqual([]);
  expect(await scene.teams()).toMatchObject([{ id: team, origin: 'MANUAL', members: [ada, both, hand].sort() }]);
  await scene.remove(groups[0]!, both);
  expect((await scene.team('All'))!.members).toEqual([ada, both, hand].sort());
  await scene.remove(groups[1]!, both);
  expect((await scene.team('All'))!.members).toEqual([ada, hand].sort());
  expect((await scene.log(team)).filter((line) => line.endsWith(both))).toEqual([
    `team.members.added ${both}`,
    `team.members.removed ${both}`,
  ]);
});

test('a linked group that is renamed leaves the name of the team, and one that is deleted leaves the others in it', async () => {
  const scene = await newScene(hub);
  const [ada, bob] = (await scene.client.people('ada', 'bob')) as [string, string];
  const first = await scene.client.group('A', [ada]);
  const second = await scene.client.group('B', [bob]);
  const { id: team } = (await scene.team('A'))!;
  await scene.mutate('linkGroup', { group: second, team });
  await scene.client.patch(`/Groups/${second}`, { op: 'Replace', path: 'displayName', value: 'C' });
  expect(await scene.names()).toEqual(['A PROJECTED']);
  await scene.client.delete(`/Groups/${first}`);
  expect(await scene.teams()).toMatchObject([{ id: team, name: 'A', members: [bob] }]);
});

test('an unlinked group makes a team of its own again, and its people leave the other', async () => {
  const scene = await newScene(hub);
  const [ada] = (await scene.client.people('ada')) as [string];
  const group = await scene.client.group('A', [ada]);
  const team = await manualTeam(scene, 'Hand');
  await scene.mutate('linkGroup', { group, team });
  expect(await scene.names()).toEqual(['Hand MANUAL']);
  const query = 'mutation ($group: ID!) { unlinkGroup(group: $group) { team { name origin } problems { code } } }';
  const { data } = await scene.ask(query, { group });
  expect(data.unlinkGroup).toEqual({ team: { name: 'A', origin: 'PROJECTED' }, problems: [] });
  expect(await scene.teams()).toMatchObject([
    { name: 'A', members: [ada] },
    { name: 'Hand', members: [] },
  ]);
  expect(await scene.mutate('unlinkGroup', { group })).toEqual([{ code: 'NOT_ALLOWED', path: ['group'] }]);
});

test('the own team of a group that is linked elsewhere stays where it was changed by hand', async () => {
  const scene = await newScene(hub);
  const [ada, hand] = (await scene.client.people('ada', 'hand')) as [string, string];
  const group = await scene.client.group('A', [ada]);
  await scene.mutate('addTeamMembers', { id: (await scene.team('A'))!.id, users: [hand] });
  await scene.mutate('linkGroup', { group, team: await manualTeam(scene, 'Other') });
  expect(await scene.teams()).toMatchObject([
    { name: 'A', origin: 'MANUAL', members: [hand] },
    { name: 'Other', origin: 'MANUAL', members: [ada] },
  ]);
});

test('a group is not linked to a central team, nor to what is not there', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const people = await scene.client.people('ada');
  const group = await scene.client.group('A', people);
  const central = (await scene.team('SCIM Synchronized'))!.id;
  const nowhere = 'grp_00000000000000000000000000';
  expect(await scene.mutate('linkGroup', { group, team: central })).toEqual([{ code: 'NOT_ALLOWED', path: ['team'] }]);
  expect(await scene.mutate('linkGroup', { group: nowhere, team: central })).not.toEqual([]);
  const team = await manualTeam(scene, 'Hand');
  expect(await scene.mutate('linkGroup', { group: nowhere, team })).toEqual([{ code: 'NOT_FOUND', path: ['group'] }]);
});

test('one person who is added to linked groups at once joins their team once', async () => {
  const scene = await newScene(hub);
  const team = await manualTeam(scene, 'All');
  const groups = await Promise.all(['A', 'B', 'C', 'D'].map((name) => scene.client.group(name)));
  for (const group of groups) await scene.mutate('linkGroup', { group, team });
  const people = await scene.client.people(...Array.from({ length: 8 }, (_, n) => `p${n}`));
  const all = people.flatMap((person) => groups.map((group) => [group, person] as const));
  await Promise.all(all.map(([group, person]) => scene.add(group, person)));
  const joined = people.map((id) => `team.members.added ${id}`);
  expect((await scene.log(team)).slice(1).toSorted()).toEqual(joined.toSorted());
  await Promise.all(all.map(([group, person]) => scene.remove(group, person)));
  const left = people.map((id) => `team.members.removed ${id}`);
  expect((await scene.log(team)).slice(9).toSorted()).toEqual(left.toSorted());
});

type Step = { what: 'add' | 'remove' | 'link' | 'unlink' | 'hand' | 'off'; group: number; person: number };

const steps = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>('add', 'add', 'remove', 'link', 'unlink', 'hand', 'off'),
    group: fc.nat({ max: 2 }),
    person: fc.nat({ max: 2 }),
  }),
  { minLength: 6, maxLength: 24 },
);

test('whatever is linked, everybody joins and leaves a team exactly when they do', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const scene = await newScene(hub);
      const people = await scene.client.people('a', 'b', 'c');
      const groups = [await scene.client.group('A'), await scene.client.group('B'), await scene.client.group('C')];
      const team = await manualTeam(scene, 'All');
      const [linked, inGroup, byHand] = [new Set<number>(), new Set<string>(), new Set<number>()];
      const isIn = (person: number) =>
        byHand.has(person) || [...linked].some((group) => inGroup.has(`${group} ${person}`));
      const expected: string[] = [];
      for (const { what, group, person } of plan) {
        const before = people.map((_, index) => isIn(index));
        const place = `${group} ${person}`;
        const [groupId, personId] = [groups[group]!, people[person]!];
        if (what === 'add') await scene.add(groupId, personId).then(() => inGroup.add(place));
        if (what === 'remove') await scene.remove(groupId, personId).then(() => inGroup.delete(place));
        if (what === 'link') await scene.mutate('linkGroup', { group: groupId, team }).then(() => linked.add(group));
        if (what === 'unlink') await scene.mutate('unlinkGroup', { group: groupId }).then(() => linked.delete(group));
        if (what === 'hand')
          await scene.mutate('addTeamMembers', { id: team, users: [personId] }).then(() => byHand.add(person));
        // Whom a group holds there is not taken out by hand.
        if (what === 'off' && (await scene.mutate('removeTeamMembers', { id: team, users: [personId] })).length === 0)
          byHand.delete(person);
        const told = people.flatMap((id, index) =>
          isIn(index) === before[index] ? [] : [`team.members.${isIn(index) ? 'added' : 'removed'} ${id}`],
        );
        expected.push(...told.toSorted());
      }
      const log = (await scene.log(team)).slice(1);
      expect(log.toSorted()).toEqual(expected.toSorted());
      const members = people.filter((_, index) => isIn(index));
      expect((await scene.team('All'))!.members).toEqual(members.sort());
    }),
    { numRuns: 12 },
  );
});
