import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { letPass, lookedAfter } from '../../support/directory-clock.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { keptRequests } from '../../support/request-log.ts';
import { scimClient } from '../../support/scim-client.ts';
import { askAs } from '../ask.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

async function company() {
  const tenant = await hub.newTenant();
  const directory = await hub.newDirectory(tenant.id);
  return { tenant, directory, scim: scimClient(directory), ask: askAs(hub, tenant.key) };
}

type Company = Awaited<ReturnType<typeof company>>;

const FACTS = `query ($id: ID!) { directory(id: $id) {
  health { lastRequestAt lastTestAt lastRefusal failuresInWindow quarantineRisk
    reasons { status scimType code attribute count } }
  coverage { users inNoGroup sample { id } }
  checklist { key done detail }
  syncRuns { nodes { id kind endedAt requests created updated adopted deactivated deleted skipped failed
    skippedBy { code count } failedBy { code attribute count } } } } }`;

async function factsOf({ ask, directory }: Pick<Company, 'ask' | 'directory'>) {
  const { data, errors } = await ask(FACTS, { id: directory.id });
  expect(errors).toBeUndefined();
  return data.directory;
}

const probe = () => `/Users?filter=userName+eq+%22${randomUUID()}%22`;

const knock = (scim: string, token: string) =>
  fetch(`${scim}${probe()}`, { headers: { authorization: `Bearer ${token}` } });

async function refusalAfter(one: Company, token: string): Promise<string> {
  const answer = await knock(one.directory.scim, token);
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="scim", error="invalid_token"');
  return vi.waitFor(
    async () => {
      const { lastRefusal } = (await factsOf(one)).health;
      expect(lastRefusal).not.toBeNull();
      return lastRefusal;
    },
    { timeout: 5_000, interval: 50 },
  );
}

const newToken = async ({ ask, directory }: Company) => {
  const text = `mutation ($id: ID!) { createDirectoryToken(directory: $id) { token { id } secret } }`;
  const { token, secret } = (await ask(text, { id: directory.id })).data.createDirectoryToken;
  return { id: token.id as string, secret: secret as string };
};

describe('Test Connection', () => {
  test('C2 is answered with an empty list, and the directory says that it was tested', async () => {
    const one = await company();
    const before = await factsOf(one);
    expect(before.health).toMatchObject({
      lastRequestAt: null,
      lastTestAt: null,
      lastRefusal: null,
      quarantineRisk: 0,
    });
    const { status, body } = await one.scim.get(probe());
    expect([status, body.totalResults]).toEqual([200, 0]);
    await keptRequests(hub, one.tenant.id, 1);
    const { lastTestAt, lastRequestAt } = (await factsOf(one)).health;
    expect(lastTestAt).toBe(lastRequestAt);
    expect(lastTestAt).not.toBeNull();
  });

  test('C2 a search that is none of a GUID, or finds somebody, is no test', async () => {
    const one = await company();
    const name = randomUUID();
    await one.scim.people(name);
    await one.scim.get(`/Users?filter=userName+eq+%22${name}%22`);
    await one.scim.get('/Users?filter=userName+eq+%22nobody%22');
    await keptRequests(hub, one.tenant.id, 3);
    expect((await factsOf(one)).health.lastTestAt).toBeNull();
  });

  test('C2 with a wrong token is refused, and the directory says so', async () => {
    const one = await company();
    const cut = one.directory.token.slice(0, -20);
    expect(await refusalAfter(one, cut)).toMatch(/^401 on \d{4}-\d\d-\d\d at \d\d:\d\d UTC: the token is wrong\.$/);
    expect((await factsOf(one)).health.quarantineRisk).toBe(1);
  });

  test('C2 with an expired token is refused, and the directory says so', async () => {
    const one = await company();
    await hub.running.database.session(one.tenant.id, (session) =>
      session.ask({
        text: `update credentials set expires_at = now() - interval '1 minute' where directory_id is not null`,
        values: [],
      }),
    );
    expect(await refusalAfter(one, one.directory.token)).toMatch(/: the token is expired\.$/);
  });

  test('C2 with a revoked token is refused, and the directory says so', async () => {
    const one = await company();
    const { id, secret } = await newToken(one);
    await one.ask(`mutation ($id: ID!) { revokeDirectoryToken(id: $id) { problems { message } } }`, { id });
    expect(await refusalAfter(one, secret)).toMatch(/: the token was revoked\.$/);
    const { data } = await one.ask('{ events(first: 100, names: ["request.refused"]) { nodes { subjectId } } }');
    expect(data.events.nodes).toEqual([{ subjectId: one.directory.id }]);
  });

  test('C2 a token that is nobody’s leaves no trace in any directory', async () => {
    const one = await company();
    expect((await knock(one.directory.scim, 'rollcall_scim_000000000000_x')).status).toBe(401);
    expect((await factsOf(one)).health.lastRefusal).toBeNull();
  });
});

describe('the counts of a directory', () => {
  test('C8 equal the log, request by request', async () => {
    const one = await company();
    await one.scim.get(probe());
    const [ada] = await one.scim.people('ada', 'bob', 'cyd');
    await one.scim.post('/Users', { userName: 'ada' });
    await one.scim.patch(`/Users/${ada}`, { op: 'replace', path: 'title', value: 'Countess' });
    await one.scim.patch(`/Users/${ada}`, { op: 'replace', path: 'title', value: 'Countess' });
    await one.scim.patch(`/Users/${ada}`, { op: 'replace', path: 'active', value: false });
    await one.scim.delete(`/Users/${ada}`);
    await one.scim.get('/Users?filter=nonsense');
    const rows = await keptRequests(hub, one.tenant.id, 10);
    const [run] = (await factsOf(one)).syncRuns.nodes;
    expect(run.requests).toBe(rows.length);
    expect(run.failed).toBe(rows.filter(({ status }) => status >= 400).length);
    expect(run.created).toBe(rows.filter(({ status }) => status === 201).length);
    expect(run).toMatchObject({
      created: 3,
      updated: 1,
      deactivated: 1,
      deleted: 1,
      skipped: 1,
      failed: 2,
      adopted: 0,
    });
    expect(run.skippedBy).toEqual([{ code: 'UNCHANGED', count: 1 }]);
  });

  test('C9 failures move the gauge, with the reasons beside it', async () => {
    const one = await company();
    await one.scim.people('ada', 'bob');
    await keptRequests(hub, one.tenant.id, 2);
    expect((await factsOf(one)).health).toMatchObject({ quarantineRisk: 0, failuresInWindow: 0, reasons: [] });
    for (let count = 0; count < 3; count++) await one.scim.post('/Users', { userName: 'ada' });
    await one.scim.post('/Users', { displayName: 'nameless' });
    await keptRequests(hub, one.tenant.id, 6);
    const { health } = await factsOf(one);
    expect(health.failuresInWindow).toBe(4);
    expect(health.quarantineRisk).toBeCloseTo(4 / 5_000);
    expect(health.reasons).toEqual([
      { status: 409, scimType: 'uniqueness', code: 'NOT_UNIQUE', attribute: 'userName', count: 3 },
      { status: 400, scimType: 'invalidValue', code: 'invalidValue', attribute: 'userName', count: 1 },
    ]);
    expect(health.lastRefusal).toMatch(/^400 on .* UTC: POST \/Users, invalidValue \(userName\)\.$/);
  });

  test('C9 is full while the directory cannot sign in, and falls with the next request that is let in', async () => {
    const one = await company();
    await one.scim.people('ada');
    await keptRequests(hub, one.tenant.id, 1);
    await refusalAfter(one, one.directory.token.slice(0, -3));
    expect((await factsOf(one)).health.quarantineRisk).toBe(1);
    await one.scim.get(probe());
    await keptRequests(hub, one.tenant.id, 2);
    expect((await factsOf(one)).health.quarantineRisk).toBe(0);
  });
});

const SUMMARIES = `{ events(first: 100, names: ["directory.run.completed"]) { nodes {
  subjectId changes { key to } } } }`;

async function summariesOf({ ask }: Company): Promise<Record<string, unknown>[]> {
  const { nodes } = (await ask(SUMMARIES)).data.events;
  return nodes.map(({ changes }: { changes: { key: string; to: unknown }[] }) =>
    Object.fromEntries(changes.map(({ key, to }) => [key, to])),
  );
}

describe('a run that has ended', () => {
  test('S31 the run summary equals the log', async () => {
    const one = await company();
    await one.scim.post('/Users', { userName: 'ada', externalId: '1' });
    await one.scim.people('bob');
    await one.scim.post('/Users', { userName: 'bob' });
    const rows = await keptRequests(hub, one.tenant.id, 3);
    expect(await summariesOf(one)).toEqual([]);
    await letPass(hub, one.tenant, '10 minutes');
    await lookedAfter(hub, one.tenant);
    const [run] = (await factsOf(one)).syncRuns.nodes;
    const [summary, ...others] = await summariesOf(one);
    expect(others).toEqual([]);
    const { id, endedAt, failedBy, ...counts } = run;
    expect(summary).toMatchObject({ ...counts, run: id, endedAt });
    expect(summary).toMatchObject({ requests: rows.length, created: 2, failed: 1 });
    expect(summary!.failedBy).toMatchObject([{ code: 'NOT_UNIQUE', attribute: 'userName', count: 1 }]);
    expect(failedBy).toEqual([{ code: 'NOT_UNIQUE', attribute: 'userName', count: 1 }]);
  });

  test('S31 people who come back from a disconnected directory are adopted, not created', async () => {
    const one = await company();
    await one.scim.post('/Users', { userName: 'ada', externalId: '1' });
    await keptRequests(hub, one.tenant.id, 1);
    const gone = `mutation ($id: ID!) { disconnectDirectory(id: $id, plan: KEEP_MANUAL) { problems { message } } }`;
    await one.ask(gone, { id: one.directory.id });
    const directory = await hub.newDirectory(one.tenant.id);
    const back = await scimClient(directory).post('/Users', { userName: 'ada', externalId: '1' });
    expect(back.status).toBe(201);
    await keptRequests(hub, one.tenant.id, 2);
    const [run] = (await factsOf({ ...one, directory })).syncRuns.nodes;
    expect(run).toMatchObject({ adopted: 1, created: 0 });
  });

  test('S31 is summed up once, however many hubs look, and nothing is added to it afterwards', async () => {
    const one = await company();
    await one.scim.people('ada');
    await keptRequests(hub, one.tenant.id, 1);
    await letPass(hub, one.tenant, '10 minutes');
    const { lookAfterDirectories } = await import('../../../src/work/look-after-directories.ts');
    const { dueDirectories } = await import('../../../src/storage/notices/health-reader.ts');
    const { hub: inner, database } = hub.running;
    const stops = [1, 2, 3].map(() => lookAfterDirectories(inner, dueDirectories(database), () => {}));
    await lookedAfter(hub, one.tenant);
    await Promise.all(stops.map((stop) => stop()));
    await letPass(hub, one.tenant, '-10 minutes');
    await one.scim.people('bob');
    await keptRequests(hub, one.tenant.id, 2);
    const { nodes } = (await factsOf(one)).syncRuns;
    expect(nodes.map(({ created }: { created: number }) => created)).toEqual([1, 1]);
    expect(await summariesOf(one)).toHaveLength(1);
  });
});

describe('what an administrator looks at', () => {
  test('DY13 people in no synced group are counted and named', async () => {
    const one = await company();
    const [ada, bob, cyd] = await one.scim.people('ada', 'bob', 'cyd');
    await one.scim.group('Staff', [ada!]);
    await one.ask(`mutation ($input: CreateUserInput!) { createUser(input: $input) { problems { message } } }`, {
      input: { userName: 'manual' },
    });
    const { coverage } = await factsOf(one);
    expect(coverage).toMatchObject({ users: 3, inNoGroup: 2 });
    expect(coverage.sample.map(({ id }: { id: string }) => id).sort()).toEqual([bob, cyd].sort());
  });

  test('DY17 the checklist is open for a new directory, and done when it is tested, ran and maps everything', async () => {
    const one = await company();
    const states = async () => {
      const { checklist } = await factsOf(one);
      return Object.fromEntries(checklist.map(({ key, done }: { key: string; done: boolean }) => [key, done]));
    };
    expect(await states()).toEqual({ TESTED: false, MAPPING_COMPLETE: false, RUN_RECENT: false, TOKEN_LASTS: true });
    await one.scim.get(probe());
    const [ada] = await one.scim.people('ada');
    await keptRequests(hub, one.tenant.id, 2);
    expect(await states()).toEqual({ TESTED: true, MAPPING_COMPLETE: true, RUN_RECENT: true, TOKEN_LASTS: true });
    const urn = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User';
    await one.scim.patch(`/Users/${ada}`, { op: 'add', path: `${urn}:badge`, value: '7' });
    await keptRequests(hub, one.tenant.id, 3);
    await letPass(hub, one.tenant, '3 hours');
    expect(await states()).toMatchObject({ MAPPING_COMPLETE: false, RUN_RECENT: false });
  });
});
