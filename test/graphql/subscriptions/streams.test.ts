import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Ask, askAs } from '../ask.ts';
import { type Heard, type Listening, listen } from './listen.ts';
import { hear, listenToStream, statusOf, streamClientAs } from './listen-stream.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
const listening: Listening[] = [];

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
});
afterEach(() => {
  for (const { end } of listening.splice(0)) end();
});
afterAll(() => hub.stop());

const makeTeam = async (name: string, as = ask) =>
  (await as('mutation ($name: String!) { createTeam(name: $name) { team { id } } }', { name })).data.createTeam.team
    .id as string;

const kept = (one: Listening): Listening => {
  listening.push(one);
  return one;
};

async function readLog(after: string | null, as = ask): Promise<Heard[]> {
  const query =
    'query ($after: String) { events(after: $after) { nodes { id cursor name } pageInfo { hasNextPage endCursor } } }';
  const { nodes, pageInfo } = (await as(query, { after })).data.events;
  return pageInfo.hasNextPage ? [...nodes, ...(await readLog(pageInfo.endCursor, as))] : nodes;
}

/** Waits until the newest event that was made is not held back any more; returns its cursor. */
async function cursorNow(): Promise<string> {
  const before = (await readLog(null)).length;
  await makeTeam('now');
  return vi.waitFor(async () => {
    const log = await readLog(null);
    expect(log.length).toBeGreaterThan(before);
    return log.at(-1)!.cursor;
  }, 10_000);
}

const codes = (errors: unknown) =>
  (errors as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);

describe.each([
  ['distinct connections', false],
  ['a single connection', true],
])('by %s', (_, single) => {
  const client = (key = tenant.key) => streamClientAs(hub.url, key, single);

  test('a stream tells what a socket tells, in order', async () => {
    const after = await cursorNow();
    const stream = kept(hear(client(), { after }));
    const socket = kept(listen(hub.url, tenant.key, { after }));
    for (const name of ['a', 'b', 'c']) await makeTeam(name);
    await vi.waitFor(() => expect([stream.events.length, socket.events.length]).toEqual([3, 3]), 10_000);
    expect(stream.events).toEqual(socket.events);
    expect(stream.events).toEqual(await readLog(after));
  });

  test('several subscriptions of one client each hear their own names', async () => {
    const after = await cursorNow();
    const one = client();
    const teams = kept(hear(one, { after, names: ['team.created'] }));
    const users = kept(hear(one, { after, names: ['user.created'] }));
    await makeTeam('heard by one');
    await ask('mutation ($name: String!) { createUser(input: { userName: $name }) { user { id } } }', {
      name: `heard ${crypto.randomUUID()}`,
    });
    await vi.waitFor(() => expect([teams.events.length, users.events.length]).toEqual([1, 1]), 10_000);
    expect([teams.events[0]!.name, users.events[0]!.name]).toEqual(['team.created', 'user.created']);
  });

  test('one that is ended leaves the others, and nothing open when it was the last', async () => {
    const after = await cursorNow();
    const one = client();
    const [first, second] = [hear(one, { after }), hear(one, { after })];
    await makeTeam('for both');
    await vi.waitFor(() => expect([first.events.length, second.events.length]).toEqual([1, 1]), 10_000);
    first.end();
    await makeTeam('for the second');
    await vi.waitFor(() => expect(second.events).toHaveLength(2), 10_000);
    expect(first.events).toHaveLength(1);
    second.end();
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${hub.url}/metrics`)).text();
      expect(metrics).toContain('rollcall_subscription_streams 0');
    }, 10_000);
  });

  test('what was missed while a stream was cut is taken up by the cursor, and every event is heard once', async () => {
    const start = await cursorNow();
    let isWriting = true;
    const written = Promise.all(
      Array.from({ length: 4 }, async (_, writer) => {
        for (let index = 0; index < 20; index++) await makeTeam(`w${writer}-${index}`);
      }),
    ).finally(() => {
      isWriting = false;
    });
    const heard: Heard[] = [];
    const takeUp = async () => {
      const stream = hear(client(), { after: heard.at(-1)?.cursor ?? start });
      await new Promise((resolve) => setTimeout(resolve, 150));
      stream.end();
      await stream.ended;
      heard.push(...stream.events);
    };
    while (isWriting) await takeUp();
    await written;
    await vi.waitFor(async () => {
      await takeUp();
      expect(heard.length).toBeGreaterThanOrEqual(80);
    }, 10_000);
    expect(heard).toEqual(await readLog(start));
  });

  test('A2 A56 nobody hears of another tenant, whatever cursor they bring', async () => {
    const other = await hub.newTenant();
    const after = await cursorNow();
    const theirs = kept(hear(client(other.key), { after }));
    const own = kept(hear(client(), { after }));
    await makeTeam('canary');
    await vi.waitFor(() => expect(own.events).toHaveLength(1), 10_000);
    await vi.waitFor(async () => {
      await makeTeam('theirs', askAs(hub, other.key));
      expect(theirs.events.length).toBeGreaterThan(0);
    }, 10_000);
    const ours = new Set((await readLog(null)).map(({ id }) => id));
    expect(theirs.events.filter(({ id }) => ours.has(id))).toEqual([]);
  });

  test('A13 A39 a key that is revoked loses its stream, and is told so', async () => {
    const made = await ask('mutation { createApiKey(name: "k", scopes: ["events:read"]) { id secret } }');
    const { id, secret } = made.data.createApiKey;
    const stream = hear(client(secret));
    await vi.waitFor(async () => {
      await makeTeam('heard');
      expect(stream.events.length).toBeGreaterThan(0);
    }, 10_000);
    await ask('mutation ($id: ID!) { revokeApiKey(id: $id) { deletedId } }', { id });
    expect(codes(await stream.ended)).toEqual(['UNAUTHENTICATED']);
  });

  test('a key without events:read is refused by name of the scope, and so is a key for a person', async () => {
    const key = await hub.newKey(tenant.id, ['users:read']);
    expect(codes(await hear(client(key)).ended)).toEqual(['NOT_ALLOWED']);
    const made = await ask('mutation ($name: String!) { createUser(input: { userName: $name }) { user { id } } }', {
      name: `acted ${crypto.randomUUID()}`,
    });
    const person = made.data.createUser.user.id;
    expect(codes(await hear(streamClientAs(hub.url, tenant.key, single, person)).ended)).toEqual(['NOT_ALLOWED']);
  });

  test('no key, a directory token and a person who is not there open nothing', async () => {
    const { token } = await hub.newDirectory(tenant.id);
    expect(statusOf(await hear(client('junk')).ended)).toBe(401);
    expect(statusOf(await hear(client(token)).ended)).toBe(401);
    const nobody = 'usr_0000000000000000000000000a';
    expect(statusOf(await hear(streamClientAs(hub.url, tenant.key, single, nobody)).ended)).toBe(403);
  });
});

test('a query by a stream is refused, and told where it is answered', async () => {
  const errors = await listenToStream(hub.url, tenant.key, {}, '{ viewer { kind } }').ended;
  expect(codes(errors)).toEqual(['BAD_REQUEST']);
  expect(JSON.stringify(errors)).toContain('POST to /graphql');
  const mutation = 'mutation { createTeam(name: "forged") { team { id } } }';
  expect(codes(await listenToStream(hub.url, tenant.key, {}, mutation).ended)).toEqual(['BAD_REQUEST']);
  expect(statusOf(await hear(streamClientAs(hub.url, tenant.key, true), {}, mutation).ended)).toBe(400);
});

test('what is no valid subscription is told by the stream, with its reason', async () => {
  const told = async (query: string, wanted = {}) =>
    codes(await listenToStream(hub.url, tenant.key, wanted, query).ended);
  expect(await told('subscription {')).toEqual(['GRAPHQL_PARSE_FAILED']);
  expect(await told('subscription { events { nothing } }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  expect(await told('subscription { events(after: "junk") { id } }')).toEqual(['INVALID_INPUT']);
  const deep = `subscription { events { ${'subject { ... on User { teams { nodes { members { nodes { user { '.repeat(4)} id ${'} } } } } } }'.repeat(4)} } }`;
  expect(await told(deep)).toEqual(['QUERY_TOO_LARGE']);
});
