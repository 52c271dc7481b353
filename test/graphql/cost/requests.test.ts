import { readFile } from 'node:fs/promises';
import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MOST_COST, ownPrices } from '../../../src/graphql/cost/prices.ts';
import { parseWithin } from '../../../src/graphql/execution/limits.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { askAs, bodyOf, post } from '../ask.ts';
import { listen } from '../subscriptions/listen.ts';

let hub: Hub;
/** Restores so little that what is drawn stays drawn. */
let slow: Hub;
let tenant: Tenant;

beforeAll(async () => {
  [hub, slow] = await Promise.all([
    startHub(undefined, { pointsPerSecond: 1_000 }),
    startHub(undefined, { pointsPerSecond: 1 }),
  ]);
  tenant = await hub.newTenant();
});
afterAll(() => Promise.all([hub.stop(), slow.stop()]));

const send = async (to: Hub, key: string, query: string, variables?: object) => {
  const response = await post(to, key, JSON.stringify({ query, variables }));
  return { response, body: await bodyOf(response) };
};

/** A query of 1 + 100 + 100 × `first` points. */
const wide = (first: number) =>
  `{ users(first: 100) { nodes { teams(first: ${first}) { nodes { members { totalCount } } } } } }`;

test('every answer says what it cost and what is left, in extensions and in headers', async () => {
  const { response, body } = await send(hub, (await hub.newTenant()).key, wide(9));
  expect(body.extensions).toEqual({
    cost: { requested: 1_001, available: 18_999, capacity: 20_000, restoreRate: 1_000 },
  });
  expect(response.headers.get('ratelimit-policy')).toBe('"points";q=20000;w=20');
  expect(response.headers.get('ratelimit')).toBe('"points";r=18999;t=2');
});

test('a request costs one point at least', async () => {
  expect((await send(hub, tenant.key, '{ __typename }')).body.extensions.cost.requested).toBe(1);
});

test('an operation costs what it is, whatever else the document holds', async () => {
  const query = `query A { viewer { kind } } query B ${wide(100)}`;
  const response = await post(hub, tenant.key, JSON.stringify({ query, operationName: 'A' }));
  expect((await bodyOf(response)).extensions.cost.requested).toBe(1);
});

describe('A46 what costs more than any request may', () => {
  test('is refused with its cost and the limit, and nothing is drawn', async () => {
    const { key } = await hub.newTenant();
    const { response, body } = await send(hub, key, wide(100));
    expect(response.status).toBe(400);
    expect(body.errors[0].extensions).toEqual({ code: 'MAX_COST_EXCEEDED', cost: 10_101, limit: MOST_COST });
    expect((await send(hub, key, '{ viewer { kind } }')).body.extensions.cost.available).toBe(19_999);
  });

  test('is refused before it does anything', async () => {
    const query = `mutation ($n: Int) { createTeam(name: "dear") { team {
      members(first: $n) { nodes { teams(first: $n) { nodes { groups { id } } } } } } } }`;
    const refused = await send(hub, tenant.key, query, { n: 100 });
    expect(refused.body.errors[0].extensions.code).toBe('MAX_COST_EXCEEDED');
    const { data } = await askAs(hub, tenant.key)('{ teams(where: { name: { eq: "dear" } }) { totalCount } }');
    expect(data.teams.totalCount).toBe(0);
    const answered = await send(hub, tenant.key, query, { n: 10 });
    expect(answered.body.data.createTeam.team.members.nodes).toEqual([]);
  });
});

describe('A46 the work before a refusal is bounded', () => {
  test('of a text of 10,000 aliases nothing is read', () => {
    const query = `{ ${Array.from({ length: 10_000 }, (_, index) => `a${index}: viewer { kind }`).join(' ')} }`;
    expect(() => parseWithin(query)).toThrow('longer than 20000 characters');
  });

  test('of a shorter text with too many tokens, a thousand are read', () => {
    try {
      parseWithin(`{ ${'a '.repeat(9_000)} }`);
      expect.unreachable();
    } catch (error) {
      expect((error as GraphQLError).message).toContain('more that 1000 tokens');
      expect((error as GraphQLError).positions![0]).toBeLessThan(2 * 1_003);
    }
  });

  test('a body of 2 MB is refused by its length', async () => {
    const response = await post(
      hub,
      tenant.key,
      JSON.stringify({ query: '{ viewer { kind } }', more: 'x'.repeat(2e6) }),
    );
    expect(response.status).toBe(413);
    expect(response.headers.get('ratelimit')).toBeNull();
  });

  test('a list of operations is refused whole', async () => {
    const response = await post(hub, tenant.key, JSON.stringify(Array(2_000).fill({ query: '{ viewer { kind } }' })));
    expect(response.status).toBe(400);
  });
});

describe('a caller whose bucket is empty', () => {
  test('is told to wait, and by how much; others are served', async () => {
    const { id, key } = await slow.newTenant();
    expect((await send(slow, key, wide(98))).response.status).toBe(200);
    const { response, body } = await send(slow, key, wide(98));
    expect(response.status).toBe(429);
    expect(body.data).toBeUndefined();
    expect(body.errors[0].extensions).toEqual({ code: 'THROTTLED', cost: 9_901 });
    expect(body.extensions.cost).toMatchObject({ requested: 9_901, capacity: 10_000, restoreRate: 1 });
    const wait = Number(response.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(9_000);
    expect(wait).toBeLessThanOrEqual(9_901);
    expect((await send(slow, await slow.newKey(id, ['users:read']), '{ viewer { kind } }')).response.status).toBe(200);
  });

  test('A49 tries by alias are counted one by one, and end with the bucket', async () => {
    const { key } = await slow.newTenant();
    const tries = Array.from(
      { length: 15 },
      (_, index) => `t${index}: verifyPhone(user: "nobody", code: "${100_000 + index}") { problems { code } }`,
    );
    const statuses: number[] = [];
    for (let request = 0; request < 8; request++) {
      statuses.push((await send(slow, key, `mutation { ${tries.join(' ')} }`)).response.status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
  });
});

describe('subscriptions', () => {
  const left = async (key: string): Promise<number> =>
    (await send(slow, key, '{ viewer { kind } }')).body.extensions.cost.available;

  test('draw for every event what is selected of it, from the bucket of their key', async () => {
    const { key } = await slow.newTenant();
    const first = (await askAs(slow, key)('{ events(first: 1) { nodes { cursor } } }')).data.events.nodes[0].cursor;
    for (let team = 0; team < 20; team++) {
      await askAs(slow, key)('mutation ($n: String!) { createTeam(name: $n) { problems { code } } }', {
        n: `t${team}`,
      });
    }
    const before = await left(key);
    const query =
      'subscription ($after: String) { events(after: $after) { id cursor name subject { id } changes { key } } }';
    const listening = listen(slow.url, key, { after: first }, query);
    await vi.waitFor(
      () => expect(listening.events.filter(({ name }) => name === 'team.created')).toHaveLength(20),
      10_000,
    );
    listening.end();
    // Two questions each; what the seconds of this test restore is far less.
    expect(before - (await left(key))).toBeGreaterThan(20);
  });

  test('wait while the bucket is too empty, and miss nothing', async () => {
    const { id, key } = await slow.newTenant();
    const other = await slow.newKey(id, ['teams:write', 'events:read']);
    const first = (await askAs(slow, key)('{ events(first: 1) { nodes { cursor } } }')).data.events.nodes[0].cursor;
    await askAs(slow, other)('mutation { createTeam(name: "late") { problems { code } } }');
    await send(slow, key, wide(98));
    for (let rest = await left(key); rest > 0; rest = await left(key)) {
      await send(slow, key, `{ users(first: ${Math.min(rest, 100)}) { nodes { manager { id } } } }`);
    }
    const listening = listen(slow.url, key, { after: first });
    await vi.waitFor(() => expect(listening.events.map(({ name }) => name)).toContain('team.created'), 10_000);
    listening.end();
  });

  test('A46 are refused where one page could cost more than any request may', async () => {
    const query = `subscription { events { subject { ... on Team {
      members(first: 100) { nodes { manager { id } lock { reason } } } } } } }`;
    const [error] = (await listen(slow.url, (await slow.newTenant()).key, {}, query).ended) as [
      { extensions: Record<string, unknown> },
    ];
    expect(error.extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', limit: MOST_COST });
  });
});

test('the page for front ends names every price', async () => {
  const page = await readFile(new URL('../../../docs/graphql.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('|'));
  for (const [field, price] of ownPrices) {
    expect(rows.find((row) => row.includes(`\`${field}\``))).toContain(`| ${price} |`);
  }
});
