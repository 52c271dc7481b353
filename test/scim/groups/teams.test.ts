import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { newScene } from './scene.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

type People = [string, string, string, string];

test('S2 two groups make two teams, and who is in both groups is in both teams', async () => {
  const scene = await newScene(hub);
  const [ada, both, eve] = (await scene.client.people('ada', 'both', 'eve')) as People;
  await scene.client.group('Network', [ada, both]);
  await scene.client.group('Storage', [both, eve]);
  expect(await scene.teams()).toMatchObject([
    { name: 'Network', origin: 'PROJECTED', members: [ada, both].sort() },
    { name: 'Storage', origin: 'PROJECTED', members: [both, eve].sort() },
  ]);
});

test('SE3 many members come in one PATCH and leave by filter path', async () => {
  const scene = await newScene(hub, {}, 'SIGN_IN_ENTERPRISE');
  const people = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      const { body } = await scene.client.post('/Users', {
        userName: `h${n}`,
        emails: [{ type: 'work', value: `h${n}@a.example` }],
        name: { givenName: 'H', familyName: `${n}` },
      });
      return String(body.id);
    }),
  );
  const group = await scene.client.group('Hosts');
  expect((await scene.add(group, ...people)).status).toBe(204);
  expect((await scene.team('Hosts'))!.members).toEqual([...people].sort());
  const gone = people.slice(0, 2);
  for (const id of gone)
    await scene.client.patch(`/Groups/${group}`, { op: 'Remove', path: `members[value eq "${id}"]` });
  const { id, members } = (await scene.team('Hosts'))!;
  expect(members).toEqual(people.slice(2).sort());
  expect((await scene.log(id)).slice(-2)).toEqual(gone.map((user) => `team.members.removed ${user}`));
});

test('SE4 the team of a deleted group goes, and its people stay', async () => {
  const scene = await newScene(hub);
  const [ada] = (await scene.client.people('ada')) as People;
  const group = await scene.client.group('Hosts', [ada]);
  expect((await scene.client.delete(`/Groups/${group}`)).status).toBe(204);
  expect(await scene.teams()).toEqual([]);
  expect((await scene.client.get(`/Users/${ada}`)).status).toBe(200);
});

test('the team of a deleted group stays with its people, as made by hand, where policy keeps it', async () => {
  const scene = await newScene(hub, { onGroupDelete: 'KEEP_AS_MANUAL' });
  const [ada, bob] = (await scene.client.people('ada', 'bob')) as People;
  const group = await scene.client.group('Hosts', [ada, bob]);
  const before = (await scene.team('Hosts'))!;
  await scene.client.delete(`/Groups/${group}`);
  const after = { ...before, origin: 'MANUAL', version: before.version + 1 };
  expect(await scene.teams()).toEqual([after]);
  expect(await scene.log(before.id)).toEqual([
    'team.created',
    `team.members.added ${[ada, bob].sort()[0]}`,
    `team.members.added ${[ada, bob].sort()[1]}`,
    'team.updated',
  ]);
  expect(await scene.mutate('removeTeamMembers', { id: before.id, users: [bob] })).toEqual([]);
});

test('DY11 a team keeps its id when its group is renamed, and tells who joined and left', async () => {
  const scene = await newScene(hub, {}, 'DYNASEND');
  const [ada] = (await scene.client.people('ada')) as People;
  const group = await scene.client.group('Banners', [ada]);
  const { id } = (await scene.team('Banners'))!;
  await scene.client.patch(`/Groups/${group}`, { op: 'Replace', path: 'displayName', value: 'Signatures' });
  await scene.remove(group, ada);
  expect(await scene.team('Signatures')).toMatchObject({ id, members: [] });
  expect(await scene.log(id)).toEqual([
    'team.created',
    `team.members.added ${ada}`,
    'team.updated',
    `team.members.removed ${ada}`,
  ]);
});

test('S4 a team renamed by hand keeps its name, and the next person joins it', async () => {
  const scene = await newScene(hub);
  const [ada] = (await scene.client.people('ada')) as People;
  const group = await scene.client.group('Ops');
  const { id } = (await scene.team('Ops'))!;
  await scene.mutate('updateTeam', { id, name: 'Night shift' });
  await scene.client.patch(`/Groups/${group}`, { op: 'Replace', path: 'displayName', value: 'Operations' });
  await scene.add(group, ada);
  expect(await scene.teams()).toMatchObject([{ id, name: 'Night shift', members: [ada] }]);
});

test('S4 a central team renamed by hand keeps its name, and the next person joins it', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const [ada] = (await scene.client.people('ada')) as People;
  const { id } = (await scene.team('SCIM Synchronized'))!;
  await scene.mutate('updateTeam', { id, name: 'Everybody' });
  const [bob] = (await scene.client.people('bob')) as People;
  expect(await scene.teams()).toMatchObject([{ id, name: 'Everybody', origin: 'CENTRAL', members: [ada, bob] }]);
});

test('S3 who is moved by hand out of the central team stays moved after a cycle, and groups are kept without teams', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const { client, mutate } = scene;
  const [ada, bob] = (await client.people('ada', 'bob')) as People;
  const group = await client.group('Network', [ada, bob]);
  const central = (await scene.team('SCIM Synchronized'))!;
  const made = await scene.ask('mutation { createTeam(name: "By hand") { team { id } } }');
  const manual = made.data.createTeam.team.id as string;
  await mutate('addTeamMembers', { id: manual, users: [ada] });
  expect(await mutate('removeTeamMembers', { id: central.id, users: [ada] })).toEqual([]);
  // A cycle sends everything that changed, and the membership again.
  await client.patch(`/Users/${ada}`, { op: 'Replace', path: 'displayName', value: 'Ada L' });
  await client.patch(`/Users/${ada}`, { op: 'Replace', path: 'active', value: 'False' });
  await client.patch(`/Users/${ada}`, { op: 'Replace', path: 'active', value: 'True' });
  await scene.remove(group, ada);
  await scene.add(group, ada);
  expect(await client.members(group)).toEqual([ada, bob].sort());
  expect(await scene.teams()).toMatchObject([
    { name: 'By hand', origin: 'MANUAL', members: [ada] },
    { name: 'SCIM Synchronized', origin: 'CENTRAL', members: [bob] },
  ]);
  expect((await scene.log(central.id)).filter((line) => line.endsWith(ada))).toEqual([
    `team.members.added ${ada}`,
    `team.members.removed ${ada}`,
  ]);
  expect(await mutate('addTeamMembers', { id: central.id, users: [ada] })).toEqual([]);
  expect((await scene.team('SCIM Synchronized'))!.members).toEqual([ada, bob].sort());
});

test('the history of a person and undoing tell of the central team too', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const [ada] = (await scene.client.people('ada')) as People;
  const { id } = (await scene.team('SCIM Synchronized'))!;
  const joined = await scene.ask('query ($id: ID!) { user(id: $id) { history { nodes { name at } } } }', { id: ada });
  const { at } = joined.data.user.history.nodes.find(({ name }: { name: string }) => name === 'team.members.added');
  await scene.mutate('removeTeamMembers', { id, users: [ada] });
  const { data } = await scene.ask(
    'query ($id: ID!, $at: DateTime!) { user(id: $id) { asOf(at: $at) { teams } teams { totalCount } history { nodes { id name } } } }',
    { id: ada, at },
  );
  expect(data.user).toMatchObject({ asOf: { teams: ['SCIM Synchronized'] }, teams: { totalCount: 0 } });
  const [event] = data.user.history.nodes;
  expect(event.name).toBe('team.members.removed');
  await scene.mutate('undoEvent', { id: event.id });
  expect((await scene.team('SCIM Synchronized'))!.members).toEqual([ada]);
});

test('many first people at once make one central team, with all of them in it', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const people = await scene.client.people(...Array.from({ length: 32 }, (_, n) => `p${n}`));
  const [central, ...more] = await scene.teams();
  expect(more).toEqual([]);
  expect(central!.members).toEqual([...people].sort());
  const log = await scene.log(central!.id);
  expect(log.filter((line) => line === 'team.created')).toHaveLength(1);
  expect(new Set(log).size).toBe(33);
});

test('S5 a central team is made when only people are transferred, and ends with the first group', async () => {
  const scene = await newScene(hub, { membershipGate: false, requiredFields: [] }, 'SIGNL4');
  const people = (await scene.client.people('ada', 'bob')) as People;
  expect(await scene.teams()).toMatchObject([
    { name: 'SCIM Synchronized', origin: 'CENTRAL', members: [...people].sort() },
  ]);
  await scene.client.group('Network', [people[0]]);
  expect(await scene.names()).toEqual(['Network PROJECTED']);
  await scene.client.people('eve');
  expect(await scene.names()).toEqual(['Network PROJECTED']);
});

test('S5 a central team that was changed by hand stays as a manual one when the first group comes', async () => {
  const scene = await newScene(hub, { membershipGate: false, requiredFields: [] }, 'SIGNL4');
  const [ada] = (await scene.client.people('ada')) as People;
  await scene.mutate('updateTeam', { id: (await scene.team('SCIM Synchronized'))!.id, name: 'Everybody' });
  await scene.client.group('Network', [ada]);
  await scene.client.people('eve');
  expect(await scene.teams()).toMatchObject([
    { name: 'Everybody', origin: 'MANUAL', members: [ada] },
    { name: 'Network', members: [ada] },
  ]);
});

test('S5 no other preset makes a central team of people alone', async () => {
  for (const preset of ['ENTRA_STANDARD', 'DYNASEND', 'DYNAMIC_SIGNAL', 'CUSTOM'] as const) {
    const scene = await newScene(hub, {}, preset);
    await scene.client.people('ada');
    expect(await scene.teams()).toEqual([]);
  }
});

test('S27 an empty group is accepted and makes its team with the first member; the team stays when the last one leaves', async () => {
  const scene = await newScene(hub, { emptyGroups: 'DEFER' });
  const [ada] = (await scene.client.people('ada')) as People;
  const made = await scene.client.post('/Groups', { displayName: 'Later' });
  expect(made.status).toBe(201);
  expect(await scene.teams()).toEqual([]);
  const group = String(made.body.id);
  expect((await scene.add(group, ada)).status).toBe(204);
  const team = (await scene.team('Later'))!;
  expect(team).toMatchObject({ origin: 'PROJECTED', members: [ada] });
  await scene.remove(group, ada);
  expect(await scene.team('Later')).toEqual({ ...team, members: [] });
  expect(await scene.log(team.id)).toEqual([
    'team.created',
    `team.members.added ${ada}`,
    `team.members.removed ${ada}`,
  ]);
});

test('S27 who comes with the group, or by a PUT, makes its team too', async () => {
  const scene = await newScene(hub, { emptyGroups: 'DEFER' });
  const [ada] = (await scene.client.people('ada')) as People;
  await scene.client.group('With', [ada]);
  const group = await scene.client.group('Put');
  expect(await scene.names()).toEqual(['With PROJECTED']);
  await scene.client.send('PUT', `/Groups/${group}`, { displayName: 'Put', members: [{ value: ada }] });
  expect(await scene.teams()).toMatchObject([
    { name: 'Put', members: [ada] },
    { name: 'With', members: [ada] },
  ]);
});

test('S27 nobody whom the directory does not know makes a team', async () => {
  const scene = await newScene(hub, { emptyGroups: 'DEFER' });
  const group = await scene.client.group('Later');
  expect((await scene.add(group, 'usr_00000000000000000000000000')).status).toBe(400);
  expect(await scene.teams()).toEqual([]);
});

test('64 people who join an empty group at once make one team', async () => {
  const scene = await newScene(hub, { emptyGroups: 'DEFER' });
  const people = await scene.client.people(...Array.from({ length: 64 }, (_, n) => `p${n}`));
  const group = await scene.client.group('Rush');
  const answers = await Promise.all(people.map((id) => scene.add(group, id)));
  expect(answers.map(({ status }) => status)).toEqual(people.map(() => 204));
  const [team, ...more] = await scene.teams();
  expect(more).toEqual([]);
  expect(team!.members).toEqual([...people].sort());
  expect(new Set(await scene.log(team!.id)).size).toBe(65);
});

test('S29 a group of stakeholders alone makes no team until somebody joins who is more', async () => {
  const scene = await newScene(hub, { emptyGroups: 'DEFER', stakeholderTeams: false });
  const [ada, bob, eve] = (await scene.client.people('ada', 'bob', 'eve')) as People;
  await scene.makeStakeholders(ada, bob);
  const group = await scene.client.group('Board', [ada]);
  await scene.add(group, bob);
  expect(await scene.teams()).toEqual([]);
  await scene.add(group, eve);
  const board = (await scene.team('Board'))!;
  expect(board.members).toEqual([ada, bob, eve].sort());
  const added = (await scene.log(board.id)).slice(1);
  expect(added.toSorted()).toEqual([ada, bob, eve].sort().map((id) => `team.members.added ${id}`));
});

test('people put into a projected team by hand stay there whatever a cycle sends', async () => {
  const scene = await newScene(hub);
  const [ada, bob] = (await scene.client.people('ada', 'bob')) as People;
  const group = await scene.client.group('Ops', [ada]);
  const { id } = (await scene.team('Ops'))!;
  await scene.mutate('addTeamMembers', { id, users: [bob] });
  await scene.client.send('PUT', `/Groups/${group}`, { displayName: 'Ops', members: [{ value: ada }] });
  await scene.remove(group, ada, bob);
  expect((await scene.team('Ops'))!.members).toEqual([bob]);
});

test('who is let go by a directory while another one holds them leaves its central team', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const second = await hub.newDirectory(scene.tenantId);
  const [ada] = (await scene.client.people('ada')) as People;
  await scene.mutate('linkUser', { user: ada, directory: second.id, externalId: 'a' });

  await scimClient(second).post('/Users', { userName: 'ada', externalId: 'a' });
  await scene.client.delete(`/Users/${ada}`);
  const central = (await scene.team('SCIM Synchronized'))!;
  expect(central.members).toEqual([]);
  expect(await scene.log(central.id)).toEqual([
    'team.created',
    `team.members.added ${ada}`,
    `team.members.removed ${ada}`,
  ]);
});

test('a disconnected directory leaves its central team as a manual one', async () => {
  const scene = await newScene(hub, { groups: 'CENTRAL_TEAM' });
  const people = await scene.client.people('ada', 'bob');
  const query = 'mutation ($id: ID!) { disconnectDirectory(id: $id, plan: KEEP_MANUAL) { problems { message } } }';
  expect((await scene.ask(query, { id: scene.directory.id })).data.disconnectDirectory.problems).toEqual([]);
  expect(await scene.teams()).toMatchObject([
    { name: 'SCIM Synchronized', origin: 'MANUAL', members: [...people].sort() },
  ]);
});
