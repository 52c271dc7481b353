import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyOf } from '../../../src/domain/key.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Ask, askAs } from '../ask.ts';
import { newProvisioning } from '../provision.ts';

type Made = {
  id: string;
  userName: string;
  displayName: string | null;
  email: string | null;
  department: string | null;
  kind: string;
  status: string;
  linked: boolean;
  inTeam: boolean;
};

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
let people: Made[];
let team: string;
let directory: string;

const words = ['Ada', 'ada', 'ÄDA', 'Äda', 'Ｂob', 'bob', 'Straße', 'a%b', 'a_b', "o'x", 'zz', '\u{10ffff}x'];
const pick = (index: number, salt: number) => words[(index * 7 + salt * 5) % words.length]!;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  const provisioning = await newProvisioning(hub, tenant.id);
  directory = provisioning.id;
  people = [];
  for (let index = 0; index < 60; index++) {
    const person = {
      userName: `${pick(index, 1)}${index}`,
      displayName: index % 5 === 0 ? null : pick(index, 2),
      email: index % 4 === 0 ? null : `Mail${index % 9}@${index % 2 ? 'A' : 'b'}.example`,
      department: index % 3 === 0 ? null : pick(index, 3),
      kind: index % 6 === 1 ? 'STAKEHOLDER' : 'MEMBER',
      status: 'ACTIVE',
      linked: index % 6 === 2,
      inTeam: index % 7 === 0,
    };
    const { userName, displayName, email, department, kind } = person;
    if (person.linked) {
      const id = await provisioning.user({ userName, values: { displayName, email, department } });
      people.push({ ...person, id });
      continue;
    }
    const query =
      'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } problems { message } } }';
    const { data } = await ask(query, { input: { userName, displayName, email, department, kind } });
    expect(data.createUser.problems).toEqual([]);
    people.push({ ...person, id: data.createUser.user.id });
  }
  for (const person of people.filter((_, index) => index % 8 === 3 && !people[index]!.linked)) {
    await ask('mutation ($id: ID!) { deactivateUser(id: $id) { problems { code } } }', { id: person.id });
    person.status = 'DEACTIVATED';
  }
  const made = await ask('mutation { createTeam(name: "T") { team { id } } }');
  team = made.data.createTeam.team.id;
  const users = people.filter((person) => person.inTeam).map((person) => person.id);
  await ask('mutation ($id: ID!, $users: [ID!]!) { addTeamMembers(id: $id, users: $users) { problems { code } } }', {
    id: team,
    users,
  });
});
afterAll(() => hub.stop());

/** Order by code points, as bytes of UTF-8 are compared. */
const byPoints = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const sortKeys: Record<string, (person: Made) => string> = {
  CREATED_AT: (person) => person.id,
  DISPLAY_NAME: (person) => keyOf(person.displayName ?? person.userName),
  USER_NAME: (person) => keyOf(person.userName),
};

const everyPage = async (first: number, orderBy: object[] | null, where: object | null = null) => {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const query = `query ($first: Int, $after: String, $orderBy: [UserOrder!], $where: UserWhere) {
      users(first: $first, after: $after, orderBy: $orderBy, where: $where) {
        nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const { data } = await ask(query, { first, after, orderBy, where });
    const { nodes, edges, pageInfo } = data.users;
    expect(edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual(nodes.map((node: Made) => node.id));
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    ids.push(...nodes.map((node: Made) => node.id));
    if (!pageInfo.hasNextPage) return ids;
    after = pageInfo.endCursor;
  }
};

test.each(['CREATED_AT', 'UPDATED_AT', 'DISPLAY_NAME', 'USER_NAME'])(
  'pages ordered by %s hold everybody once in either direction, ties included',
  async (field) => {
    for (const direction of ['ASC', 'DESC']) {
      for (const first of [1, 7, 60, 100]) {
        const ids = await everyPage(first, [{ field, direction }]);
        expect(ids).toHaveLength(people.length);
        expect(new Set(ids)).toEqual(new Set(people.map((person) => person.id)));
        const key = sortKeys[field];
        if (!key) continue;
        const sorted = [...people].sort((a, b) => byPoints(key(a), key(b)) || byPoints(a.id, b.id));
        if (direction === 'DESC') sorted.reverse();
        expect(ids).toEqual(sorted.map((person) => person.id));
      }
    }
  },
);

test('an order of several parts, in mixed directions, holds everybody once', async () => {
  const orderBy = [
    { field: 'DISPLAY_NAME', direction: 'DESC' },
    { field: 'CREATED_AT', direction: 'ASC' },
  ];
  const key = sortKeys.DISPLAY_NAME!;
  const sorted = [...people].sort((a, b) => byPoints(key(b), key(a)) || byPoints(a.id, b.id));
  expect(await everyPage(7, orderBy)).toEqual(sorted.map((person) => person.id));
});

test.each([
  ['x'],
  ['e30'],
  ['W10'],
  [Buffer.from('["users ",3]').toString('base64url')],
  [Buffer.from('["users ","x"]').toString('base64url')],
])('a cursor that is junk, such as %s, is refused by name', async (after) => {
  const { data, errors } = await ask('query ($after: String) { users(after: $after) { nodes { id } } }', { after });
  expect(data).toBeNull();
  expect(errors![0]!.extensions).toEqual({ code: 'INVALID_INPUT', argument: ['after'] });
});

test('a cursor fits no other order', async () => {
  const made = await ask('{ users(first: 1) { pageInfo { endCursor } } }');
  const query =
    'query ($after: String) { users(after: $after, orderBy: [{ field: USER_NAME, direction: ASC }]) { nodes { id } } }';
  const { errors } = await ask(query, { after: made.data.users.pageInfo.endCursor });
  expect(errors![0]!.extensions.argument).toEqual(['after']);
});

test.each([0, -1, 101, 2_147_483_647])('first: %i is refused by name', async (first) => {
  const { errors } = await ask('query ($first: Int) { users(first: $first) { nodes { id } } }', { first });
  expect(errors![0]!.extensions).toEqual({ code: 'INVALID_INPUT', argument: ['first'] });
});

type Where = Record<string, unknown>;

const text = fc
  .oneof(
    fc.constantFrom(...words, 'a', 'Ä', 'mail', 'MAIL1@', '@b.example', '%', '_', '', '\u{10ffff}'),
    fc.string({ maxLength: 3, unit: 'grapheme' }),
  )
  .filter((value) => !value.includes('\u0000') && value.isWellFormed());

const filter = fc.record(
  { eq: text, in: fc.array(text, { maxLength: 4 }), startsWith: text, contains: text, isNull: fc.boolean() },
  { requiredKeys: [] },
);

const { where } = fc.letrec<{ where: Where }>((tie) => ({
  where: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.oneof(
      fc
        .constantFrom('userName', 'displayName', 'email', 'department')
        .chain((key) => filter.map((value): Where => ({ [key]: value }))),
      filter.map((value): Where => ({ field: { key: 'department', value } })),
      fc.constantFrom<Where>({ kind: 'STAKEHOLDER' }, { kind: 'MEMBER' }),
      fc.subarray(['ACTIVE', 'DEACTIVATED', 'STAGED']).map((status): Where => ({ status })),
      fc.constantFrom<Where>({ team: 'TEAM' }, { directory: 'DIRECTORY' }, { team: 'usr_junk' }),
    ),
    fc.array(tie('where'), { maxLength: 3 }).map((and): Where => ({ and })),
    fc.array(tie('where'), { maxLength: 3 }).map((or): Where => ({ or })),
    tie('where').map((not): Where => ({ not })),
  ),
}));

const named = (question: Where): Where =>
  JSON.parse(
    JSON.stringify(question)
      .replaceAll('"TEAM"', JSON.stringify(team))
      .replaceAll('"DIRECTORY"', JSON.stringify(directory)),
  );

const keyed = new Set(['userName', 'displayName', 'email']);

/** The same question asked of the list in memory. */
function holds(person: Made, question: Where): boolean {
  return Object.entries(question).every(([name, asked]) => {
    if (name === 'and') return (asked as Where[]).every((part) => holds(person, part));
    if (name === 'or') return (asked as Where[]).some((part) => holds(person, part));
    if (name === 'not') return !holds(person, asked as Where);
    if (name === 'kind') return person.kind === asked;
    if (name === 'status') return (asked as string[]).includes(person.status);
    if (name === 'team') return asked === team && person.inTeam;
    if (name === 'directory') return person.linked;
    if (name === 'field') return holds(person, { [(asked as { key: string }).key]: (asked as { value: Where }).value });
    return matches(name, person[name as keyof Made] as string | null, asked as Where);
  });
}

function matches(name: string, value: string | null, test: Where): boolean {
  if (value === null) return Object.entries(test).every(([op, asked]) => op === 'isNull' && asked === true);
  const fold = (given: unknown) => (keyed.has(name) ? keyOf(given as string) : (given as string));
  const own = fold(value);
  return Object.entries(test).every(([op, asked]) => {
    if (op === 'isNull') return asked === false;
    if (op === 'in') return (asked as string[]).some((one) => fold(one) === own);
    if (op === 'eq') return fold(asked) === own;
    return op === 'startsWith' ? own.startsWith(fold(asked)) : own.includes(fold(asked));
  });
}

test('A25 a filter finds exactly whom the same question finds in memory, whatever its text', async () => {
  await fc.assert(
    fc.asyncProperty(where, async (asked) => {
      const question = named(asked);
      const query = 'query ($where: UserWhere) { users(first: 100, where: $where) { totalCount nodes { id } } }';
      const { data, text: answered } = await ask(query, { where: question });
      const expected = people.filter((person) => holds(person, question)).map((person) => person.id);
      expect(
        data?.users.nodes.map((node: Made) => node.id),
        answered,
      ).toEqual(expected);
      expect(data.users.totalCount).toBe(expected.length);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['nested deeper than 5', Array.from({ length: 6 }).reduce<Where>((inner) => ({ not: inner }), { kind: 'MEMBER' })],
  ['of more than 50 conditions', { or: Array.from({ length: 51 }, () => ({ kind: 'MEMBER' })) }],
  ['with more than 100 values', { userName: { in: Array.from({ length: 101 }, String) } }],
  ['with a null for text', { userName: { eq: null } }],
  ['of a list', { field: { key: 'moreEmails', value: { isNull: true } } }],
  ['of an unknown field', { field: { key: 'constructor', value: { isNull: true } } }],
  ['with text that cannot be stored', { userName: { contains: '\u0000' } }],
])('a filter %s is refused with a sentence', async (_, question) => {
  const { data, errors } = await ask('query ($where: UserWhere) { users(where: $where) { nodes { id } } }', {
    where: question,
  });
  expect(data).toBeNull();
  expect(errors![0]!.extensions.code).toBe('INVALID_INPUT');
});

test('stakeholders are listed by themselves, and filtered like everybody', async () => {
  const { data } = await ask(
    '{ all: stakeholders(first: 100) { totalCount nodes { kind } } one: stakeholders(where: { status: [DEACTIVATED] }) { totalCount } }',
  );
  const stakeholders = people.filter((person) => person.kind === 'STAKEHOLDER');
  expect(data.all.totalCount).toBe(stakeholders.length);
  expect(new Set(data.all.nodes.map((node: Made) => node.kind))).toEqual(new Set(['STAKEHOLDER']));
  expect(data.one.totalCount).toBe(stakeholders.filter((person) => person.status === 'DEACTIVATED').length);
});
