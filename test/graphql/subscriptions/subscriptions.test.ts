import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { NO_TENANT } from '../../../src/storage/database.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Ask, askAs, bodyOf, post } from '../ask.ts';
import { clientAs, EVENTS, type Heard, listen } from './listen.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
});
afterAll(() => hub.stop());

/** Cuts every connection that the hub has. */
async function cutConnections(): Promise<void> {
  const [{ name }] = (await hub.running.database.session(NO_TENANT, (session) =>
    session.ask({ text: 'select current_database() as name', values: [] }),
  )) as [{ name: string }];
  const client = new Client({ connectionString: inject('clusterUrl') });
  await client.connect();
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await client.end();
}

const makeTeam = (name: string, as = ask) =>
  as('mutation ($name: String!) { createTeam(name: $name) { team { id } } }', { name });

/** The log after that cursor, as the query reads it. */
async function readLog(as: Ask, after: string | null = null): Promise<Heard[]> {
  const query =
    'query ($after: String) { events(after: $after) { nodes { id cursor name } pageInfo { hasNextPage endCursor } } }';
  const { data } = await as(query, { after });
  const { nodes, pageInfo } = data.events;
  return pageInfo.hasNextPage ? [...nodes, ...(await readLog(as, pageInfo.endCursor))] : nodes;
}

/** Waits until the newest event that was made is not held back any more; returns its cursor. */
async function cursorNow(): Promise<string> {
  const name = `now ${crypto.randomUUID()}`;
  const made = await makeTeam(name);
  const { id } = made.data.createTeam.team;
  const query = 'query ($after: String) { events(after: $after) { nodes { cursor subjectId } } }';
  let after: string | null = null;
  return vi.waitFor(async () => {
    for (;;) {
      const { nodes }: { nodes: { cursor: string; subjectId: string }[] } = (await ask(query, { after })).data.events;
      const found = nodes.find(({ subjectId }) => subjectId === id);
      if (found) return found.cursor;
      if (nodes.length === 0) throw new Error('It is held back.');
      after = nodes.at(-1)!.cursor;
    }
  }, 10_000);
}

const codes = (errors: unknown) =>
  (errors as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);

describe('a subscription', () => {
  test('tells what happens after a cursor, in order', async () => {
    const after = await cursorNow();
    const listening = listen(hub.url, tenant.key, { after });
    for (const name of ['a', 'b', 'c']) await makeTeam(name);
    await vi.waitFor(
      () => expect(listening.events.map(({ name }) => name)).toEqual(Array(3).fill('team.created')),
      10_000,
    );
    expect(listening.events).toEqual(await readLog(ask, after));
    listening.end();
    expect(await listening.ended).toBeNull();
  });

  test('without a cursor begins now', async () => {
    await cursorNow();
    const listening = listen(hub.url, tenant.key);
    await vi.waitFor(async () => {
      await makeTeam('later');
      expect(listening.events.length).toBeGreaterThan(0);
    }, 10_000);
    const log = await readLog(ask);
    expect(log.findIndex(({ id }) => id === listening.events[0]!.id)).toBeGreaterThan(3);
    listening.end();
  });

  test('tells only the names that were asked for', async () => {
    const after = await cursorNow();
    const listening = listen(hub.url, tenant.key, { after, names: ['user.created'] });
    await makeTeam('unheard');
    await ask('mutation { createUser(input: { userName: "named" }) { user { id } } }');
    await vi.waitFor(() => expect(listening.events).toHaveLength(1), 10_000);
    expect(listening.events[0]!.name).toBe('user.created');
    listening.end();
  });

  test('shows the subject as it is, and whatever else a query of events shows', async () => {
    const after = await cursorNow();
    const query = `subscription ($after: String) { events(after: $after) { id cursor name subject { ... on Team { name } } changes { key to } } }`;
    const listening = listen(hub.url, tenant.key, { after }, query);
    await makeTeam('shown');
    await vi.waitFor(() => expect(listening.events[0]).toMatchObject({ subject: { name: 'shown' } }), 10_000);
    listening.end();
  });

  test('tells of a rule that was changed and of the people that it changed', async () => {
    const after = await cursorNow();
    const listening = listen(hub.url, tenant.key, { after, names: ['rules.updated'] });
    await ask('mutation { setFieldRules(rules: [{ key: "title", sourceOfTruth: USER }]) { usersChanged } }');
    await vi.waitFor(() => expect(listening.events.map(({ name }) => name)).toEqual(['rules.updated']), 10_000);
    listening.end();
  });

  test('takes up again what it missed while writers went on, and hears every event exactly once', async () => {
    const start = await cursorNow();
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let index = 0; index < 25; index++) await makeTeam(`w${writer}-${index}`);
    });
    let isWriting = true;
    const written = Promise.all(writers).finally(() => {
      isWriting = false;
    });
    const heard: Heard[] = [];
    let after = start;
    const takeUp = async () => {
      const listening = listen(hub.url, tenant.key, { after });
      await new Promise((resolve) => setTimeout(resolve, 150));
      listening.end();
      await listening.ended;
      heard.push(...listening.events);
      after = heard.at(-1)?.cursor ?? start;
    };
    while (isWriting) await takeUp();
    await written;
    await vi.waitFor(async () => {
      await takeUp();
      expect(heard.length).toBeGreaterThanOrEqual(150);
    }, 10_000);
    expect(heard).toEqual(await readLog(ask, start));
  });
});

test('while the database is away a subscription waits, and then goes on without a gap', async () => {
  const after = await cursorNow();
  const listening = listen(hub.url, tenant.key, { after });
  await makeTeam('before');
  await vi.waitFor(() => expect(listening.events).toHaveLength(1), 10_000);
  for (let times = 0; times < 5; times++) {
    await cutConnections();
    await makeTeam(`meanwhile ${times}`).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await vi.waitFor(() => makeTeam('afterwards'), 20_000);
  await vi.waitFor(async () => {
    const log = await readLog(ask, after);
    expect(log.length).toBeGreaterThan(1);
    expect(listening.events).toEqual(log);
  }, 20_000);
  listening.end();
});

describe('who may listen', () => {
  test('A2 A56 nobody hears of another tenant, whatever cursor they bring', async () => {
    const other = await hub.newTenant();
    const after = await cursorNow();
    const listening = listen(hub.url, other.key, { after });
    const own = listen(hub.url, tenant.key, { after });
    await makeTeam('canary');
    await vi.waitFor(() => expect(own.events).toHaveLength(1), 10_000);
    await vi.waitFor(async () => {
      await makeTeam('theirs', askAs(hub, other.key));
      expect(listening.events.length).toBeGreaterThan(0);
    }, 10_000);
    const ours = new Set((await readLog(ask)).map(({ id }) => id));
    expect(listening.events.filter(({ id }) => ours.has(id))).toEqual([]);
    listening.end();
    own.end();
  });

  test('a key without events:read is refused by name of the scope', async () => {
    const key = await hub.newKey(tenant.id, ['users:read']);
    const errors = await listen(hub.url, key).ended;
    expect(codes(errors)).toEqual(['NOT_ALLOWED']);
    expect(JSON.stringify(errors)).toContain('events:read');
  });

  test.each([['events:read'], ['events:read', 'users:read']] as const)(
    'a key with %s is shown what the query shows it, and is refused the same',
    async (...granted) => {
      const key = await hub.newKey(tenant.id, granted);
      const after = await cursorNow();
      const shown = 'id cursor name changes { key from to } subject { ... on User { displayName } }';
      const answers: unknown[] = [];
      const client = clientAs(hub.url, key);
      const query = `subscription ($after: String) { events(after: $after) { ${shown} } }`;
      const sink = { next: (answer: unknown) => void answers.push(answer), error: () => {}, complete: () => {} };
      client.subscribe({ query, variables: { after } }, sink);
      await ask(
        `mutation { createUser(input: { userName: "seen ${granted.length}", displayName: "Seen" }) { user { id } } }`,
      );
      await vi.waitFor(() => expect(answers).toHaveLength(1), 10_000);
      await client.dispose();
      const { data, errors } = await askAs(hub, key)(`{ events(after: "${after}") { nodes { ${shown} } } }`);
      const [answer] = answers as { data: { events: unknown }; errors?: { message: string; extensions: object }[] }[];
      expect(answer!.data.events).toEqual(data.events.nodes[0]);
      const told = (all: typeof errors) => all?.map(({ message, extensions }) => ({ message, extensions }));
      expect(told(answer!.errors as typeof errors)).toEqual(told(errors));
    },
  );

  test('A13 A39 a key that is revoked loses its sockets', async () => {
    const made = await ask('mutation { createApiKey(name: "k", scopes: ["events:read"]) { id secret } }');
    const { id, secret } = made.data.createApiKey;
    const listening = listen(hub.url, secret);
    await vi.waitFor(async () => {
      await makeTeam('heard');
      expect(listening.events.length).toBeGreaterThan(0);
    }, 10_000);
    await ask('mutation ($id: ID!) { revokeApiKey(id: $id) { deletedId } }', { id });
    expect(await listening.ended).toMatchObject({ code: 4403, reason: 'The key is not valid any more.' });
  });

  test('an expired key loses its sockets', async () => {
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const made = await ask(
      'mutation ($expiresAt: DateTime) { createApiKey(name: "k", scopes: ["events:read"], expiresAt: $expiresAt) { secret } }',
      { expiresAt },
    );
    expect(await listen(hub.url, made.data.createApiKey.secret).ended).toMatchObject({ code: 4403 });
  });

  test.each(['', 'junk', 'rollcall_api_000000000000_0000000000000000000000000000000000000000000_000000'])(
    'the key "%s" opens nothing',
    async (key) => {
      expect(await listen(hub.url, key).ended).toMatchObject({ code: 4403 });
    },
  );

  test('the bootstrap key, of any text, opens the log of its tenant; a directory token opens nothing', async () => {
    const listening = listen(hub.url, hub.adminKey);
    await vi.waitFor(async () => {
      await makeTeam('by the admin', askAs(hub, hub.adminKey));
      expect(listening.events.length).toBeGreaterThan(0);
    }, 10_000);
    listening.end();
    const { token } = await hub.newDirectory(tenant.id);
    expect(await listen(hub.url, token).ended).toMatchObject({ code: 4403 });
  });
});

describe('what is refused, with its reason', () => {
  const deep = `subscription { events { ${'subject { ... on User { teams { nodes { members { nodes { user { '.repeat(4)} id ${'} } } } } } }'.repeat(4)} } }`;
  test.each([
    ['a query', '{ viewer { kind } }', 'BAD_REQUEST'],
    ['a mutation', 'mutation { createTeam(name: "forged") { team { id } } }', 'BAD_REQUEST'],
    ['what cannot be parsed', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['a field that there is not', 'subscription { events { nothing } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['two fields', 'subscription { a: events { id } b: events { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a field that is left out', 'subscription { events @skip(if: true) { id } }', 'BAD_REQUEST'],
    ['the schema', 'subscription { __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['A46 a depth beyond the limit', deep, 'QUERY_TOO_LARGE'],
    ['a cursor of no list', 'subscription { events(after: "junk") { id } }', 'INVALID_INPUT'],
    [
      'two operations without a name',
      'subscription A { events { id } } subscription B { events { id } }',
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('%s', async (_, query, code) => {
    expect(new Set(codes(await listen(hub.url, tenant.key, {}, query).ended))).toEqual(new Set([code]));
  });

  test('more than 100 names, and variables of another form', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `n${index}`);
    expect(codes(await listen(hub.url, tenant.key, { names }).ended)).toEqual(['INVALID_INPUT']);
    expect(codes(await listen(hub.url, tenant.key, { after: {} as string }).ended)).toEqual(['BAD_USER_INPUT']);
  });

  test('a subscription by POST, which is told where to go', async () => {
    const response = await post(hub, tenant.key, JSON.stringify({ query: EVENTS }));
    expect(response.status).toBe(400);
    expect((await bodyOf(response)).errors[0].message).toContain('WebSocket');
  });
});
