import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DirectoryPolicy } from '../../../src/domain/directories/directory-policy.ts';
import { projectGroupsOf } from '../../../src/domain/groups/project-groups.ts';
import { uuidOf } from '../../../src/domain/ids.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { newScene, type Scene } from './scene.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

/** Previews the change, makes it, and counts what really became of teams beside what was told. */
async function change(scene: Scene, policy: Partial<DirectoryPolicy>) {
  const before = await scene.teams();
  const { notes, ...told } = await scene.preview(policy);
  expect(await scene.teams()).toEqual(before);
  expect(await scene.setPolicy(policy)).toEqual([]);
  const after = await scene.teams();
  const kept = after.filter(
    (team) => before.some((old) => old.id === team.id && old.origin !== 'MANUAL') && team.origin === 'MANUAL',
  );
  const removed = before.filter((old) => after.every((team) => team.id !== old.id));
  const made = after.filter((team) => before.every((old) => old.id !== team.id));
  const people = new Set([...kept, ...made, ...removed].flatMap(({ members }) => members));
  expect(told).toEqual({
    teamsKept: kept.length,
    teamsMade: made.length,
    teamsRemoved: removed.length,
    peopleAffected: people.size,
  });
  return notes as string[];
}

test('turning teams of groups into one central team keeps the teams with their people, and the preview says so', async () => {
  const scene = await newScene(hub);
  const [ada, bob] = (await scene.client.people('ada', 'bob')) as [string, string];
  const group = await scene.client.group('Ops', [ada]);
  await scene.client.group('Dev', [ada, bob]);
  const ops = (await scene.team('Ops'))!;
  expect(await change(scene, { groups: 'CENTRAL_TEAM' })).toEqual([
    '2 teams of groups will stay with the people in them, as made by hand; the directory will not change them any more.',
    'The central team will be made, with everybody whom the directory holds.',
  ]);
  await scene.add(group, bob);
  expect(await scene.teams()).toMatchObject([
    { name: 'Dev', origin: 'MANUAL', members: [ada, bob].sort() },
    { name: 'Ops', origin: 'MANUAL', members: [ada] },
    { name: 'SCIM Synchronized', origin: 'CENTRAL', members: [ada, bob].sort() },
  ]);
  expect(await scene.log(ops.id)).toEqual(['team.created', `team.members.added ${ada}`, 'team.updated']);
});

test('turning it back makes the teams of the groups again, and removes a central team that nobody touched', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const [ada] = (await scene.client.people('ada')) as [string];
  await scene.client.group('Ops', [ada]);
  const { id } = (await scene.team('SCIM Synchronized'))!;
  expect(await change(scene, { groups: 'TEAM_PER_GROUP' })).toEqual([
    '1 team will be made from groups that are there.',
    'The central team will be removed; its people stay.',
  ]);
  expect(await scene.teams()).toMatchObject([{ name: 'Ops', origin: 'PROJECTED', members: [ada] }]);
  expect((await scene.log(id)).slice(-2)).toEqual([`team.members.removed ${ada}`, 'team.deleted']);
});

test('a central team that was renamed or has people by hand stays as a manual one, and becomes central again', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const [ada] = (await scene.client.people('ada')) as [string];
  const { id } = (await scene.team('SCIM Synchronized'))!;
  await scene.mutate('updateTeam', { id, name: 'Everybody' });
  await change(scene, { groups: 'OFF' });
  expect(await scene.teams()).toMatchObject([{ id, name: 'Everybody', origin: 'MANUAL', members: [ada] }]);
  expect(await scene.setPolicy({ groups: 'CENTRAL_TEAM' })).toEqual([]);
  const [bob] = (await scene.client.people('bob')) as [string];
  expect(await scene.teams()).toMatchObject([{ id, name: 'Everybody', origin: 'CENTRAL', members: [ada, bob].sort() }]);
});

test('who was taken out of a central team is not in it when the mode comes back, and joins a manual one by hand', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const [ada, bob] = (await scene.client.people('ada', 'bob')) as [string, string];
  const { id } = (await scene.team('SCIM Synchronized'))!;
  await scene.mutate('updateTeam', { id, name: 'Everybody' });
  await scene.mutate('removeTeamMembers', { id, users: [ada, bob] });
  await scene.setPolicy({ groups: 'OFF' });
  await scene.mutate('addTeamMembers', { id, users: [bob] });
  await scene.client.delete(`/Users/${ada}`);
  await scene.setPolicy({ groups: 'CENTRAL_TEAM' });
  expect(await scene.teams()).toMatchObject([{ id, origin: 'CENTRAL', members: [bob] }]);
});

test('switching groups off keeps their teams as manual ones', async () => {
  const scene = await newScene(hub);
  const [ada] = (await scene.client.people('ada')) as [string];
  await scene.client.group('Ops', [ada]);
  await change(scene, { groups: 'OFF' });
  expect(await scene.names()).toEqual(['Ops MANUAL']);
});

test('teams that waited are made when policy no longer lets them wait', async () => {
  const scene = await newScene(hub, { emptyGroups: 'DEFER' });
  await scene.client.group('Later');
  expect(await change(scene, { emptyGroups: 'CREATE' })).toEqual(['1 team will be made from groups that are there.']);
  expect(await scene.names()).toEqual(['Later PROJECTED']);
});

test('a change of other switches touches no team', async () => {
  const scene = await newScene(hub);
  await scene.client.group('Ops');
  expect(await change(scene, { invite: true })).toEqual(['No team will change.']);
});

test('S29 a stakeholder who becomes more makes the team of the group that waited for it', async () => {
  const scene = await newScene(hub, { emptyGroups: 'DEFER', stakeholderTeams: false });
  const [ada] = (await scene.client.people('ada')) as [string];
  await scene.makeStakeholders(ada);
  await scene.client.group('Board', [ada]);
  await scene.makeMembers(ada);
  await scene.perform((context) => projectGroupsOf(context, [uuidOf('usr', ada)!]));
  expect(await scene.teams()).toMatchObject([{ name: 'Board', origin: 'PROJECTED', members: [ada] }]);
});

test('a change of mode and what a directory sends meanwhile leave no team that policy does not make', async () => {
  const scene = await newScene(hub, { emptyGroups: 'DEFER' });
  const people = await scene.client.people(...Array.from({ length: 16 }, (_, n) => `p${n}`));
  const names = Array.from({ length: 8 }, (_, n) => `g${n}`);
  const groups = await Promise.all(names.map((name) => scene.client.group(name)));
  const adds = people.flatMap((person) => groups.map((group) => [group, person] as const));
  for (const mode of ['CENTRAL_TEAM', 'TEAM_PER_GROUP', 'OFF'] as const) {
    const sent = adds.map(([group, person], index) =>
      index % 3 === 0 ? scene.remove(group, person) : scene.add(group, person),
    );
    const made = names.map((name) => scene.client.post('/Groups', { displayName: `${mode} ${name}` }));
    const [problems, ...answers] = await Promise.all([scene.setPolicy({ groups: mode }), ...sent, ...made]);
    expect(problems).toEqual([]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 204]));
    const origins = new Set((await scene.teams()).map(({ origin }) => origin));
    expect([mode, origins.has('PROJECTED'), origins.has('CENTRAL')]).toEqual([
      mode,
      mode === 'TEAM_PER_GROUP',
      mode === 'CENTRAL_TEAM',
    ]);
  }
});

test('people who come while the mode becomes central are all in the team', async () => {
  const scene = await newScene(hub);
  const [, people] = await Promise.all([
    scene.setPolicy({ groups: 'CENTRAL_TEAM' }),
    scene.client.people(...Array.from({ length: 40 }, (_, n) => `p${n}`)),
  ]);
  expect((await scene.team('SCIM Synchronized'))!.members).toEqual(people.sort());
});

test('many teams are kept with all of their people', async () => {
  const scene = await newScene(hub);
  const people = await scene.client.people('seed');
  await hub.running.database.transaction(scene.tenantId, async (session) => {
    const values = [scene.tenantId, uuidOf('dir', scene.directory.id), uuidOf('usr', people[0]!)];
    const ask = (text: string, bound: unknown[] = values.slice(0, 1)) => session.ask({ text, values: bound });
    await ask(
      `insert into teams (tenant_id, id, version, name, name_key, origin, created_at, updated_at)
       select $1, md5('t' || n)::uuid, 1, 'T' || n, 't' || n, 'PROJECTED', now(), now() from generate_series(1, 300) n`,
    );
    await ask(
      `insert into directory_groups (tenant_id, id, directory_id, display_name, display_name_key, resource, team_id, created_at, updated_at)
       select $1, md5('g' || n)::uuid, $2, 'T' || n, 't' || n, '{}', md5('t' || n)::uuid, now(), now() from generate_series(1, 300) n`,
      values.slice(0, 2),
    );
    await ask(
      `insert into group_members (tenant_id, group_id, user_id) select $1, id, $3 from directory_groups where directory_id = $2`,
      values,
    );
  });
  expect(await scene.preview({ groups: 'OFF' })).toMatchObject({ teamsKept: 300, peopleAffected: 1 });
  expect(await scene.setPolicy({ groups: 'OFF' })).toEqual([]);
  const { data } = await scene.ask(
    '{ teams(first: 1, where: { origin: MANUAL }) { totalCount nodes { memberCount } } }',
  );
  expect(data.teams).toEqual({ totalCount: 300, nodes: [{ memberCount: 1 }] });
});
