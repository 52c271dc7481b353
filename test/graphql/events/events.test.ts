import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Answered, type Ask, askAs } from '../ask.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
});
afterAll(() => hub.stop());

type Node = { id: string; name: string; cursor: string; changes: { key: string; from: unknown; to: unknown }[] };

/** The whole log in pages. A transaction elsewhere on the server holds back what came after it, so this may take a moment. */
async function readLog(names: string[] | null, first: number): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const query = `query ($first: Int, $after: String, $names: [String!]) { events(first: $first, after: $after, names: $names) {
      nodes { id name cursor at actor requestId subjectId changes { key from to } } pageInfo { hasNextPage endCursor } } }`;
    const answered: Answered = await ask(query, { first, after, names });
    nodes.push(...answered.data.events.nodes);
    if (!answered.data.events.pageInfo.hasNextPage) return nodes;
    after = answered.data.events.pageInfo.endCursor;
  }
}

test('the log holds every change once, in order, and can be gone on with from any of its cursors', async () => {
  for (let index = 0; index < 7; index++) await ask(`mutation { createTeam(name: "t${index}") { team { id } } }`);
  await vi.waitFor(async () => expect(await readLog(['team.created'], 100)).toHaveLength(7), 10_000);
  const whole = await readLog(['team.created'], 3);
  expect(whole.map((event) => event.changes[0]!.to)).toEqual(Array.from({ length: 7 }, (_, index) => `t${index}`));
  const { data } = await ask(
    'query ($after: String) { events(after: $after, names: ["team.created"]) { nodes { id } } }',
    { after: whole[4]!.cursor },
  );
  expect(data.events.nodes).toEqual(whole.slice(5).map(({ id }) => ({ id })));
});

test('an event is found by its id, with what it happened to', async () => {
  const made = await ask('mutation { createUser(input: { userName: "u" }) { user { id history { nodes { id } } } } }');
  const { id, history } = made.data.createUser.user;
  const query =
    'query ($id: ID!) { node(id: $id) { __typename id ... on Event { name subjectId subject { __typename ... on User { userName } } } } }';
  const { data } = await ask(query, { id: history.nodes[0].id });
  expect(data.node).toEqual({
    __typename: 'Event',
    id: history.nodes[0].id,
    name: 'user.created',
    subjectId: id,
    subject: { __typename: 'User', userName: 'u' },
  });
});

test('a refusal stands in the log with its reason', async () => {
  await ask('mutation { deleteTeam(id: "team_x") { problems { code } } }');
  await vi.waitFor(async () => {
    const refused = await readLog(['request.refused'], 100);
    expect(refused.at(-1)!.changes).toContainEqual({ key: 'code', from: null, to: 'NOT_FOUND' });
  }, 10_000);
});

test('rules in the log name directories by their wire ids', async () => {
  const { id } = await hub.newDirectory(tenant.id);
  await ask(
    'mutation ($id: ID!) { setFieldRules(rules: [{ key: "title", sourceOfTruth: USER, directories: [$id] }]) { usersChanged } }',
    { id },
  );
  await vi.waitFor(async () => {
    const [rules] = await readLog(['rules.updated'], 100);
    expect(rules!.changes[0]!.to).toMatchObject({ directories: [id] });
  }, 10_000);
  const { data } = await ask('{ fieldRules { field { key } sourceOfTruth directories { id } } }');
  const rule = data.fieldRules.find((one: { field: { key: string } }) => one.field.key === 'title');
  expect(rule).toEqual({ field: { key: 'title' }, sourceOfTruth: 'USER', directories: [{ id }] });
});

test('commands of one request run one after the other, and each answers from after itself', async () => {
  const { data } = await ask(`mutation {
    a: createUser(input: { userName: "serial" }) { user { version } problems { code } }
    b: createUser(input: { userName: "SERIAL" }) { user { version } problems { code } }
    c: createTeam(name: "s") { team { memberCount } }
  }`);
  expect(data).toEqual({
    a: { user: { version: 1 }, problems: [] },
    b: { user: null, problems: [{ code: 'NOT_UNIQUE' }] },
    c: { team: { memberCount: 0 } },
  });
});
