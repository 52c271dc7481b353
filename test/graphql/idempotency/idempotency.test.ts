import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { askAs, post } from '../ask.ts';
import { askKeyed, CREATE } from './keyed.ts';

let hub: Hub;
let tenant: Tenant;
beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
});
afterAll(() => hub?.stop());

const create = (key: string, name: string, apiKey = tenant.key, more: Record<string, string> = {}) =>
  askKeyed(hub, apiKey, key, CREATE, { name }, more);

const ask = (query: string, variables?: object) => askAs(hub, tenant.key)(query, variables);

const named = async (name: string, apiKey = tenant.key): Promise<number> => {
  const query = `query ($name: String!) { users(where: { userName: { eq: $name } }) { totalCount } }`;
  return (await askAs(hub, apiKey)(query, { name })).data.users.totalCount;
};

const sql = (text: string, values: unknown[] = []) =>
  hub.running.database.session(tenant.id, (session) => session.ask<Record<string, unknown>>({ text, values }));

const events = async (): Promise<number> => Number((await sql('select count(*)::int as n from events'))[0]!.n);

test('the same request under the same key is answered byte for byte, and does nothing', async () => {
  const first = await create('replay', 'replay@nordwind.example');
  expect(first).toMatchObject({ status: 200, replayed: null, data: { createUser: { problems: [] } } });
  const before = await events();
  const again = await create('replay', 'replay@nordwind.example');
  expect(again).toMatchObject({ status: 200, replayed: 'true', text: first.text });
  expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
  expect(await events()).toBe(before);
});

test('a refusal is answered again as it was', async () => {
  await create('taken-1', 'taken@nordwind.example');
  const first = await create('taken-2', 'taken@nordwind.example');
  expect(first.data.createUser.problems[0].code).toBe('NOT_UNIQUE');
  const before = await events();
  expect(await create('taken-2', 'taken@nordwind.example')).toMatchObject({ replayed: 'true', text: first.text });
  expect(await events()).toBe(before);
});

test('of 64 requests at once under one key one makes a person, and the others are told to wait or what it answered', async () => {
  const patient = async () => {
    for (;;) {
      const answer = await create('parallel', 'parallel@nordwind.example');
      if (answer.status !== 409) return answer;
      expect(answer.code).toBe('IDEMPOTENCY_IN_PROGRESS');
      expect(answer.headers.get('retry-after')).toBe('1');
      await new Promise((wait) => setTimeout(wait, 20));
    }
  };
  const answers = await Promise.all(Array.from({ length: 64 }, patient));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
  expect(answers[0]!.data.createUser.problems).toEqual([]);
  expect(await named('parallel@nordwind.example')).toBe(1);
});

test('another request under the same key is refused and changes nothing', async () => {
  await create('reused', 'reused-1@nordwind.example');
  const other = await create('reused', 'reused-2@nordwind.example');
  expect(other).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(other.errors![0].message).toContain('Idempotency-Key');
  expect(await named('reused-2@nordwind.example')).toBe(0);
});

test('the order of variables does not make another request, and the name of the operation does', async () => {
  const query = `mutation A($n: String!, $t: JSON) { createUser(input: { userName: $n, title: $t }) { user { id } problems { code } } }`;
  const body = (variables: object, operationName?: string) => JSON.stringify({ query, variables, operationName });
  const send = async (text: string) => (await post(hub, tenant.key, text, { 'idempotency-key': 'order' })).status;
  const loose = query.replace('$t: JSON', '$t: String');
  const askLoose = (variables: object, operationName?: string) =>
    send(body(variables, operationName).replace(JSON.stringify(query), JSON.stringify(loose)));
  expect(await askLoose({ n: 'order@nordwind.example', t: 'x' })).toBe(200);
  expect(await askLoose({ t: 'x', n: 'order@nordwind.example' })).toBe(200);
  expect(await askLoose({ t: 'x', n: 'order@nordwind.example' }, 'A')).toBe(422);
});

test('the same key of another tenant, another API key and another person is another key', async () => {
  const other = await hub.newTenant();
  const colleague = await hub.newKey(tenant.id, ['users:read', 'users:write']);
  const answers = [
    await create('shared', 'shared-1@nordwind.example'),
    await create('shared', 'shared-2@nordwind.example', colleague),
    await create('shared', 'shared-1@nordwind.example', other.key),
  ];
  expect(answers.map(({ status, replayed }) => [status, replayed])).toEqual(answers.map(() => [200, null]));
  const [one, two] = [answers[0]!, answers[1]!].map(({ data }) => data.createUser.user.id);
  const rename = `mutation ($id: ID!) { updateUser(id: $id, input: { displayName: "Ada" }) { user { id } problems { code } } }`;
  const as = (person: string) =>
    askKeyed(hub, tenant.key, 'shared', rename, { id: person }, { 'x-rollcall-act-as': person });
  expect([(await as(one)).replayed, (await as(two)).replayed, (await as(one)).replayed]).toEqual([null, null, 'true']);
});

test('a key stands for a day by the clock of the database, and is then forgotten', async () => {
  await create('day', 'day-1@nordwind.example');
  await sql(`update idempotency_keys set claimed_at = now() - interval '23 hours 59 minutes' where key = 'day'`);
  expect((await create('day', 'day-2@nordwind.example')).status).toBe(422);
  await sql(`update idempotency_keys set claimed_at = now() - interval '24 hours' where key = 'day'`);
  expect(await create('day', 'day-2@nordwind.example')).toMatchObject({ status: 200, replayed: null });
  await sql(`update idempotency_keys set claimed_at = now() - interval '24 hours' where key = 'day'`);
  const { answers } = hub.running.hub.storage;
  expect(await answers.forget(tenant.id)).toBe(1);
  expect(await answers.forget(tenant.id)).toBe(0);
  expect(await sql(`select 1 from idempotency_keys where key = 'day'`)).toEqual([]);
  expect((await sql('select 1 from idempotency_keys')).length).toBeGreaterThan(0);
});

test('a key is 1 to 255 printable characters, given once', async () => {
  for (const key of ['', 'x'.repeat(256), 'ümlaut', 'tab\there']) {
    const answer = await create(key, 'shape@nordwind.example');
    expect(answer, key).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(answer.errors![0].message).toContain('Idempotency-Key');
  }
  expect(await create('x'.repeat(255), 'shape@nordwind.example')).toMatchObject({ status: 200 });
});

test('a mutation under a key has exactly one field', async () => {
  const field = (name: string) =>
    `${name}: createUser(input: { userName: "${name}@nordwind.example" }) { user { id } }`;
  const fragment = `mutation { ...F } fragment F on Mutation { ${field('c')} }`;
  for (const query of [`mutation { ${field('a')} ${field('b')} }`, fragment])
    expect(await askKeyed(hub, tenant.key, 'fields', query)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  expect(await named('a@nordwind.example')).toBe(0);
});

test('queries take no notice of the header', async () => {
  for (const key of ['query', 'query', 'x'.repeat(300)])
    expect(await askKeyed(hub, tenant.key, key, '{ viewer { kind } }')).toMatchObject({ status: 200, replayed: null });
  expect(await sql(`select 1 from idempotency_keys where key = 'query'`)).toEqual([]);
});

test('a request that the server does not execute leaves the key free', async () => {
  const wrong = 'mutation { createUser(input: { nothing: 1 }) { user { id } } }';
  expect(await askKeyed(hub, tenant.key, 'free', wrong)).toMatchObject({ status: 400 });
  expect(await create('free', 'free@nordwind.example')).toMatchObject({ status: 200, replayed: null });
});

test('an answer with a secret is kept nowhere, and the key is not made twice', async () => {
  const query = `mutation { createApiKey(name: "deploy", scopes: ["users:read"]) { secret problems { code } } }`;
  const first = await askKeyed(hub, tenant.key, 'secret', query, {}, { 'x-request-id': 'the-first-request' });
  const { secret } = first.data.createApiKey;
  expect(secret).toMatch(/^rollcall_api_/);
  const again = await askKeyed(hub, tenant.key, 'secret', query);
  expect(again).toMatchObject({ status: 409, code: 'IDEMPOTENCY_APPLIED' });
  expect(again.errors![0].extensions.requestId).toBe('the-first-request');
  expect(again.text).not.toContain(secret);
  const kept = await sql('select 1 from idempotency_keys k where k::text like $1', [`%${secret}%`]);
  expect(kept).toEqual([]);
  expect(await sql(`select 1 from credentials where name = 'deploy'`)).toHaveLength(1);
});

test('a secret is shown by payloads of mutations alone, whose answers are not kept', async () => {
  const { data } = await ask('{ __schema { types { name fields { name } } } }');
  const types: { name: string; fields: { name: string }[] | null }[] = data.__schema.types;
  const showing = types.filter(({ fields }) => fields?.some(({ name }) => /^secret$|password|privateKey/i.test(name)));
  expect(showing.length).toBeGreaterThan(2);
  expect(showing.filter(({ name }) => !name.endsWith('Payload'))).toEqual([]);
});

test('an answer over 256 KB is not kept, and the request is said to be applied', async () => {
  const aliases = Array.from({ length: 8 }, (_, at) => `a${at}: user { displayName title department }`).join(' ');
  const query = `mutation ($n: String!, $d: String!) {
    createUser(input: { userName: $n, displayName: $d, title: $d, department: $d }) { ${aliases} problems { code } } }`;
  const variables = { n: 'large@nordwind.example', d: '€'.repeat(4_000) };
  const first = await askKeyed(hub, tenant.key, 'large', query, variables);
  expect(first.data?.createUser.problems).toEqual([]);
  expect(Buffer.byteLength(first.text)).toBeGreaterThan(256 * 1024);
  expect(await askKeyed(hub, tenant.key, 'large', query, variables)).toMatchObject({
    status: 409,
    code: 'IDEMPOTENCY_APPLIED',
  });
  expect(await named('large@nordwind.example')).toBe(1);
});

test('a request whose claim another has taken over changes nothing', async () => {
  const { answers } = hub.running.hub.storage;
  const release = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const holder = hub.running.database.transaction(tenant.id, async (session) => {
    await session.ask({ text: 'lock table users in share mode', values: [] });
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  const slow = create('slow', 'slow@nordwind.example');
  await expect.poll(() => sql(`select 1 from idempotency_keys where key = 'slow'`)).toHaveLength(1);
  const [row] = await sql(
    `update idempotency_keys set leased_until = now() where key = 'slow' returning caller, digest`,
  );
  const claim = { tenantId: tenant.id, caller: String(row!.caller), key: 'slow', id: crypto.randomUUID() };
  const taken = await answers.claim(claim, { digest: row!.digest as Buffer, requestId: 'the-second' });
  expect(taken).toEqual({ is: 'OURS' });
  release.resolve();
  await holder;
  expect((await slow).code).toBe('UNAVAILABLE');
  expect(await named('slow@nordwind.example')).toBe(0);
  await answers.letGo(claim);
  expect(await create('slow', 'slow@nordwind.example')).toMatchObject({ status: 200, replayed: null });
});

test('who is erased is erased from kept answers', async () => {
  const made = await create('erase', 'gone@nordwind.example');
  const id: string = made.data.createUser.user.id;
  await ask(`mutation ($id: ID!) { eraseUser(id: $id, confirm: "gone@nordwind.example") { problems { code } } }`, {
    id,
  });
  expect(await sql(`select 1 from idempotency_keys where answer like '%gone@%'`)).toEqual([]);
  expect((await create('erase', 'gone@nordwind.example')).code).toBe('IDEMPOTENCY_APPLIED');
});
