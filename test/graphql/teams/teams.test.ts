import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Answered, type Ask, askAs } from '../ask.ts';
import { newProvisioning, type Provisioning } from '../provision.ts';
import { statementsOf } from '../statements.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
let entra: Provisioning;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  entra = await newProvisioning(hub, tenant.id);
});
afterAll(() => hub.stop());

const person = async (userName: string) =>
  (await ask('mutation ($u: String!) { createUser(input: { userName: $u }) { user { id } } }', { u: userName })).data
    .createUser.user.id as string;

const manualTeam = async (name: string, users: string[]) => {
  const made = await ask('mutation ($n: String!) { createTeam(name: $n) { team { id } } }', { n: name });
  const { id } = made.data.createTeam.team;
  await ask('mutation ($id: ID!, $users: [ID!]!) { addTeamMembers(id: $id, users: $users) { problems { code } } }', {
    id,
    users,
  });
  return id as string;
};

const membersOf = async (id: string) => {
  const query = 'query ($id: ID!) { team(id: $id) { memberCount members(first: 100) { totalCount nodes { id } } } }';
  const { team } = (await ask(query, { id })).data;
  expect(team.memberCount).toBe(team.members.nodes.length);
  expect(team.members.totalCount).toBe(team.memberCount);
  return team.members.nodes.map((node: { id: string }) => node.id) as string[];
};

const teamsOf = async (id: string) => {
  const query = 'query ($id: ID!) { user(id: $id) { teams(first: 100) { totalCount nodes { id } } } }';
  const { teams } = (await ask(query, { id })).data.user;
  expect(teams.totalCount).toBe(teams.nodes.length);
  return teams.nodes.map((node: { id: string }) => node.id) as string[];
};

describe('who is in a team', () => {
  test('those added by hand and those of its groups, each once', async () => {
    const [linked, both, manual] = [
      await entra.user({ userName: 'linked' }),
      await entra.user({ userName: 'both' }),
      await person('manual'),
    ];
    const { team, group } = await entra.group('Sales', [linked, both]);
    await ask('mutation ($id: ID!, $users: [ID!]!) { addTeamMembers(id: $id, users: $users) { problems { code } } }', {
      id: team,
      users: [both, manual],
    });
    expect(await membersOf(team)).toEqual([linked, both, manual].sort());
    expect(await teamsOf(both)).toEqual([team]);
    const { data } = await ask(
      'query ($id: ID!) { team(id: $id) { origin groups { id displayName memberCount team { id } directory { id } } } }',
      { id: team },
    );
    expect(data.team).toEqual({
      origin: 'PROJECTED',
      groups: [{ id: group, displayName: 'Sales', memberCount: 2, team: { id: team }, directory: { id: entra.id } }],
    });
    await entra.remove(linked);
    expect(await membersOf(team)).toEqual([both, manual].sort());
  });

  test('a membership that a group gives is not taken by hand', async () => {
    const id = await entra.user({ userName: 'held' });
    const { team } = await entra.group('Held', [id]);
    const query =
      'mutation ($id: ID!, $users: [ID!]!) { removeTeamMembers(id: $id, users: $users) { problems { code path } } }';
    expect((await ask(query, { id: team, users: [id] })).data.removeTeamMembers.problems).toEqual([
      { code: 'NOT_ALLOWED', path: ['users'] },
    ]);
  });

  test('nobody joins when one of those named is nobody', async () => {
    const id = await person('alone');
    const team = await manualTeam('Nobody', []);
    const query =
      'mutation ($id: ID!, $users: [ID!]!) { addTeamMembers(id: $id, users: $users) { team { id } problems { code path } } }';
    for (const unknown of ['usr_00000000000000000000000000', team, 'junk']) {
      const { data } = await ask(query, { id: team, users: [id, unknown] });
      expect(data.addTeamMembers).toEqual({ team: null, problems: [{ code: 'NOT_FOUND', path: ['users'] }] });
    }
    expect(await membersOf(team)).toEqual([]);
  });

  test('members come in pages, each once', async () => {
    const users = await Promise.all(Array.from({ length: 9 }, (_, index) => person(`paged${index}`)));
    const team = await manualTeam('Paged', users);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const query =
        'query ($id: ID!, $after: String) { team(id: $id) { members(first: 4, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }';
      const answered: Answered = await ask(query, { id: team, after });
      const { members } = answered.data.team;
      seen.push(...members.nodes.map((node: { id: string }) => node.id));
      after = members.pageInfo.hasNextPage ? members.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual([...users].sort());
  });

  test('who joined and who left stands in the history of the person', async () => {
    const id = await person('moves');
    const team = await manualTeam('Moves', [id]);
    await ask(
      'mutation ($id: ID!, $users: [ID!]!) { removeTeamMembers(id: $id, users: $users) { problems { code } } }',
      { id: team, users: [id] },
    );
    const query =
      'query ($id: ID!) { user(id: $id) { history { nodes { name subjectId subject { __typename id } changes { key from to } } } } }';
    const { nodes } = (await ask(query, { id })).data.user.history;
    const subject = { __typename: 'Team', id: team };
    expect(nodes.slice(0, 2)).toEqual([
      { name: 'team.members.removed', subjectId: team, subject, changes: [{ key: 'member', from: id, to: null }] },
      { name: 'team.members.added', subjectId: team, subject, changes: [{ key: 'member', from: null, to: id }] },
    ]);
  });
});

describe('teams', () => {
  test('are renamed, described and deleted by hand, with their version watched', async () => {
    const id = await manualTeam('Before', []);
    const query = `mutation ($id: ID!, $name: String, $description: String, $v: Int) {
      updateTeam(id: $id, name: $name, description: $description, ifVersion: $v) {
        team { name description version } problems { code path ... on VersionConflictProblem { currentVersion } } } }`;
    const set = async (variables: object) => (await ask(query, { id, ...variables })).data.updateTeam;
    expect((await set({ description: 'D' })).team).toEqual({ name: 'Before', description: 'D', version: 2 });
    expect((await set({ name: 'After', description: null, v: 2 })).team).toEqual({
      name: 'After',
      description: null,
      version: 3,
    });
    expect(await set({ name: 'x', v: 1 })).toEqual({
      team: null,
      problems: [{ code: 'VERSION_CONFLICT', path: ['ifVersion'], currentVersion: 3 }],
    });
    expect((await set({ name: null })).problems).toEqual([{ code: 'REQUIRED', path: ['name'] }]);
    const gone = await ask('mutation ($id: ID!) { deleteTeam(id: $id) { deletedId problems { code } } }', { id });
    expect(gone.data.deleteTeam).toEqual({ deletedId: id, problems: [] });
    expect((await ask('query ($id: ID!) { team(id: $id) { id } }', { id })).data.team).toBeNull();
  });

  test('are listed by name, by origin and by member', async () => {
    const id = await person('lister');
    const team = await manualTeam('Ärzte', [id]);
    const ids = async (where: string) => {
      const { data } = await ask(`{ teams(first: 100, where: { ${where} }) { totalCount nodes { id origin } } }`);
      expect(data.teams.totalCount).toBe(data.teams.nodes.length);
      return data.teams.nodes as { id: string; origin: string }[];
    };
    expect(await ids('name: { startsWith: "äR" }')).toEqual([{ id: team, origin: 'MANUAL' }]);
    expect(await ids(`member: "${id}"`)).toEqual([{ id: team, origin: 'MANUAL' }]);
    expect(new Set((await ids('origin: PROJECTED')).map(({ origin }) => origin))).toEqual(new Set(['PROJECTED']));
    expect(await ids('member: "usr_junk"')).toEqual([]);
  });
});

test('A56 people who are deleted or hidden are in no list of members and in no count', async () => {
  const [stays, goes] = [await person('stays'), await person('goes')];
  const team = await manualTeam('Leavers', [stays, goes]);
  await ask('mutation ($id: ID!) { deleteUser(id: $id) { problems { code } } }', { id: goes });
  expect(await membersOf(team)).toEqual([stays]);
});

describe('lists of lists take a constant number of statements', () => {
  test.each([
    ['users with teams', '{ users(first: 50) { nodes { id teams { nodes { id name } } } } }', 2],
    [
      'teams with members and groups',
      '{ teams(first: 50) { nodes { id memberCount members(first: 5) { totalCount nodes { id userName } } groups { id directory { name } memberCount } } } }',
      6,
    ],
    [
      'users with everything',
      '{ users(first: 20) { totalCount nodes { id manager { id } lock { reason } links { externalId directory { name } } teams(first: 2) { totalCount nodes { name groups { id } } } history(first: 2) { nodes { name } } fields(keys: ["title"]) { value } } } }',
      11,
    ],
    ['one person', '{ userBy(userName: "linked") { id userName } }', 1],
    ['directories', '{ directories { id tokens { id } groups(first: 2) { nodes { id team { name } } } } }', 4],
  ])('%s', async (_, query, most) => {
    const statements = await statementsOf(async () => expect((await ask(query)).errors).toBeUndefined());
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(most);
  });

  test('only the columns that are asked for are read', async () => {
    const [text] = await statementsOf(() => ask('{ users(first: 1) { nodes { title } } }'));
    expect(text).toContain('u.title');
    expect(text).not.toMatch(/department|given_name|\*/);
  });
});
