import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type Tenant } from '../support/hub.ts';
import { type Ask, askAs, bodyOf, post } from './ask.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
});
afterAll(() => hub.stop());

const VIEWER = JSON.stringify({ query: '{ viewer { kind } }' });

describe('sign-in', () => {
  test.each([null, 'junk', 'rollcall_api_000000000000_0000000000000000000000000000000000000000000_000000'])(
    'the key %s opens nothing and is told how to sign in',
    async (key) => {
      const response = await post(hub, key, VIEWER);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect((await bodyOf(response)).errors[0].extensions.code).toBe('UNAUTHENTICATED');
    },
  );

  test('a token of a directory opens SCIM only', async () => {
    const { token } = await hub.newDirectory(tenant.id);
    expect((await post(hub, token, VIEWER)).status).toBe(401);
  });

  test('A13 a revoked key is refused within a second', async () => {
    const made = await ask('mutation { createApiKey(name: "k", scopes: ["users:read"]) { id secret } }');
    const { id, secret } = made.data.createApiKey;
    expect((await askAs(hub, secret)('{ viewer { scopes } }')).data.viewer.scopes).toEqual(['users:read']);
    await ask('mutation ($id: ID!) { revokeApiKey(id: $id) { deletedId problems { code } } }', { id });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await post(hub, secret, VIEWER)).status).toBe(401);
  });
});

describe('A44 a browser cannot be made to send a command', () => {
  test('only POST is served', async () => {
    const url = `${hub.url}/graphql?query=${encodeURIComponent('mutation { createTeam(name: "x") { team { id } } }')}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${tenant.key}` } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/jsonx',
  ])('%s is refused and nothing is done', async (type) => {
    const body = JSON.stringify({ query: 'mutation { createTeam(name: "forged") { team { id } } }' });
    const response = await post(hub, tenant.key, body, { 'content-type': type });
    expect(response.status).toBe(415);
    const { data } = await ask('{ teams(where: { name: { eq: "forged" } }) { totalCount } }');
    expect(data.teams.totalCount).toBe(0);
  });

  test('A45 a charset other than utf-8 is refused', async () => {
    const response = await post(hub, tenant.key, VIEWER, { 'content-type': 'application/json; charset=utf-7' });
    expect(response.status).toBe(415);
  });
});

describe('bodies', () => {
  test.each([
    ['[]', 400],
    [`[${VIEWER},${VIEWER}]`, 400],
    ['{', 400],
    ['null', 400],
    ['"x"', 400],
    ['{}', 400],
    ['{"query":3}', 400],
    ['{"query":""}', 400],
    ['{"query":"{ viewer { kind } }","variables":"x"}', 400],
    ['{"query":"{ viewer { kind } }","variables":[1]}', 400],
    ['{"query":"query A { viewer { kind } } query B { viewer { kind } }"}', 400],
    ['{"query":"query A { viewer { kind } }","operationName":"B"}', 400],
    [`{"query":"{ viewer { kind } }","variables":${'['.repeat(100)}${']'.repeat(100)}}`, 400],
    [JSON.stringify({ query: ' '.repeat(2 ** 20) }), 413],
  ])('%.60s is answered %i with a sentence', async (body, status) => {
    const response = await post(hub, tenant.key, body);
    expect(response.status).toBe(status);
    const { errors } = await bodyOf(response);
    expect(errors[0].message).toMatch(/\w/);
    expect(errors[0].extensions.code).toMatch(/^[A-Z_]+$/);
    expect(JSON.stringify(errors)).not.toContain('node_modules');
  });

  test('one of several operations is served by its name, and no answer may be cached', async () => {
    const body = JSON.stringify({
      query: 'query A { a: viewer { kind } } query B { viewer { label } }',
      operationName: 'B',
    });
    const response = await post(hub, tenant.key, body);
    expect((await bodyOf(response)).data).toEqual({ viewer: { label: 'test' } });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('an object where text is due is a mistake of the caller', async () => {
    const query = 'query ($name: String) { userBy(userName: $name) { id } }';
    const { status, errors } = await ask(query, { name: { __raw: 'x' } });
    expect(status).toBe(400);
    expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('A46 queries that are too large are refused before they cost anything', () => {
  const aliases = (count: number) =>
    `{ ${Array.from({ length: count }, (_, i) => `a${i}: viewer { kind }`).join(' ')} }`;
  const deep = (depth: number) => `{ ${'a { '.repeat(depth)} b ${'} '.repeat(depth)} }`;
  const fan = (levels: number) =>
    `{ ...f0 } ${Array.from({ length: levels }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(' ')} fragment f${levels} on Query { viewer { kind } }`;
  const overlapping = `{ viewer { ${'...f '.repeat(300)} } } fragment f on Viewer { kind label }`;
  test.each([
    ['10,000 aliases', aliases(10_000)],
    ['16 aliases', aliases(16)],
    ['a depth of 2,000', deep(2_000)],
    ['a depth of 13', deep(13)],
    ['11 directives', `{ viewer { ${Array.from({ length: 11 }, () => 'kind @include(if: true)').join(' ')} } }`],
    ['A47 fragments that fan out to 2^22 fields', fan(22)],
    ['a fragment that holds itself', '{ viewer { ...f } } fragment f on Viewer { kind ...f }'],
    ['a text of a megabyte', `{ user(id: "${'x'.repeat(900_000)}") { id } }`],
  ])('%s', async (_, query) => {
    const start = performance.now();
    const { status, errors } = await ask(query);
    expect(status).toBe(400);
    expect(errors).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('what repeats itself within the limits is answered', async () => {
    expect((await ask(overlapping)).data.viewer.kind).toBe('key');
    expect((await ask(aliases(15))).status).toBe(200);
  });

  test('lists of lists end before they exhaust the hub', async () => {
    const { errors } = await ask('{ users(first: 101) { nodes { id } } }');
    expect(errors![0]!.message).toBe('first must be from 1 to 100, not 101.');
  });

  test('the usual introspection query is answered to whoever has signed in', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { status, data } = await ask(getIntrospectionQuery());
    expect(status).toBe(200);
    expect(data.__schema.types.length).toBeGreaterThan(50);
  });
});

describe('A22 names that reach a prototype', () => {
  test.each(['__proto__', 'constructor', 'prototype'])('%s in a JSON value is refused', async (name) => {
    const query =
      'mutation ($v: JSON) { createUser(input: { userName: "p", custom: [{ key: "address", value: $v }] }) { problems { code } } }';
    const body = `{"query":${JSON.stringify(query)},"variables":{"v":{"${name}":{"x":1}}}}`;
    expect((await post(hub, tenant.key, body)).status).toBe(400);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('as the key of a field it names no field', async () => {
    const query =
      'mutation { createUser(input: { userName: "p", custom: [{ key: "__proto__", value: "x" }] }) { problems { code path } } }';
    expect((await ask(query)).data.createUser.problems).toEqual([{ code: 'NOT_FOUND', path: ['__proto__'] }]);
  });
});

describe('trouble', () => {
  test('a bug is logged with the request id and told without details', async () => {
    const { storage } = hub.running.hub;
    const { policy } = storage;
    storage.policy = () => Promise.reject(new Error('secret detail'));
    try {
      const { text, errors } = await ask('{ fieldRules { version } }');
      expect(text).not.toContain('secret detail');
      expect(errors![0]!.extensions.code).toBe('INTERNAL');
      const { requestId } = errors![0]!.extensions as unknown as { requestId: string };
      expect(hub.log.some((line) => line.includes(requestId) && line.includes('secret detail'))).toBe(true);
    } finally {
      storage.policy = policy;
    }
  });

  test('a database that is away is told as such, and the caller asked to come again', async () => {
    const { storage } = hub.running.hub;
    const { policy } = storage;
    storage.policy = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
    try {
      const response = await post(hub, tenant.key, JSON.stringify({ query: '{ fieldRules { version } }' }));
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
      expect((await bodyOf(response)).errors[0].extensions.code).toBe('UNAVAILABLE');
    } finally {
      storage.policy = policy;
    }
  });
});
