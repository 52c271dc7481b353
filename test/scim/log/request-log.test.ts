import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId, uuidOf, wireId } from '../../../src/domain/ids.ts';
import type { LoggedRequest } from '../../../src/domain/requests/request-log.ts';
import { Database } from '../../../src/storage/database.ts';
import { requestLog } from '../../../src/storage/requests/request-log.ts';
import { APP_ROLE } from '../../../src/storage/roles.ts';
import { forgetRequests } from '../../../src/work/forget-requests.ts';
import { databaseOf } from '../../attacks/support/database.ts';
import { askAs } from '../../graphql/ask.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { keptRequests } from '../../support/request-log.ts';
import { scimClient } from '../../support/scim-client.ts';

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

const REQUESTS = `query ($id: ID!, $failed: Boolean, $subject: ID, $first: Int, $after: String) {
  directory(id: $id) {
    requests(failed: $failed, subject: $subject, first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { id requestId method path status scimType durationMs user { id } group { id } requestBody responseBody
        changes { name requestId subjectId changes { key to } } }
    }
  }
}`;

async function requestsOf({ ask, directory }: Company, variables: object = {}) {
  const { data, errors } = await ask(REQUESTS, { id: directory.id, first: 50, ...variables });
  expect(errors).toBeUndefined();
  return data.directory.requests.nodes;
}

const RUNS = `query ($id: ID!) { directory(id: $id) { syncRuns { nodes {
  id kind endedAt requests created updated adopted deactivated deleted skipped failed } } } }`;

const runsOf = async ({ ask, directory }: Company) =>
  (await ask(RUNS, { id: directory.id })).data.directory.syncRuns.nodes;

describe('a request of a directory', () => {
  test('C8 DS8 is a row with the person it was about, what was sent and answered, and the events it caused', async () => {
    const one = await company();
    const made = await one.scim.post('/Users', { userName: 'ada@x', externalId: '1', title: 'Analyst' });
    const id = String(made.body.id);
    await one.scim.get(`/Users?filter=${encodeURIComponent('userName eq "ada@x"')}`);
    await one.scim.patch(`/Users/${id}`, { op: 'Replace', path: 'title', value: 'Countess' });
    await one.scim.get(`/Users/${id}`);
    await one.scim.delete(`/Users/${id}`);
    await keptRequests(hub, one.tenant.id, 5);
    const [removed, read, patched, found, created] = await requestsOf(one);
    expect(created).toMatchObject({
      method: 'POST',
      path: '/scim/v2/Users',
      status: 201,
      requestId: made.headers.get('x-request-id'),
      requestBody: { userName: 'ada@x', externalId: '1', title: 'Analyst' },
      responseBody: null,
      changes: [{ name: 'user.created', requestId: made.headers.get('x-request-id'), subjectId: id }],
    });
    expect(found).toMatchObject({ responseBody: { totalResults: 1, Resources: [id] }, changes: [] });
    expect(found.path).toContain('filter=');
    expect(patched).toMatchObject({ changes: [{ name: 'user.updated', changes: [{ key: 'title', to: 'Countess' }] }] });
    expect(read).toMatchObject({ status: 200, responseBody: null, changes: [] });
    expect(removed).toMatchObject({ method: 'DELETE', status: 204, changes: [{ name: 'user.deleted' }] });
    for (const request of [read, patched, found, created]) expect(request.user).toEqual({ id });
    const about = await requestsOf(one, { subject: id });
    expect(about).toHaveLength(5);
  });

  test('names its person or group while these are there', async () => {
    const one = await company();
    const [ada] = await one.scim.people('ada@x');
    const group = await one.scim.group('Staff', [ada!]);
    await one.scim.get(`/Users/${ada}`);
    await keptRequests(hub, one.tenant.id, 3);
    const [read, grouped] = await requestsOf(one);
    expect(read).toMatchObject({ user: { id: ada }, group: null });
    expect(grouped).toMatchObject({ user: null, group: { id: group } });
    expect(grouped.changes.map((event: { name: string }) => event.name)).toEqual([
      'group.created',
      'team.created',
      'team.members.added',
    ]);
  });

  test('has the events of its own transactions, whatever id its client gave it', async () => {
    const one = await company();
    const send = (userName: string) =>
      fetch(`${one.directory.scim}/Users`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${one.directory.token}`,
          'content-type': 'application/scim+json',
          'x-request-id': 'always-the-same',
        },
        body: JSON.stringify({ userName }),
      });
    await Promise.all(['a', 'b', 'c'].map(send));
    await keptRequests(hub, one.tenant.id, 3);
    const rows = await requestsOf(one);
    expect(rows).toHaveLength(3);
    for (const row of rows)
      expect(row.changes.map((event: { subjectId: string }) => event.subjectId)).toEqual([row.user.id]);
  });

  test('that was refused says why, is found as failed and has its refusal as an event', async () => {
    const one = await company();
    await one.scim.post('/Users', { userName: 'ada@x' });
    await one.scim.post('/Users', { userName: 'ADA@x' });
    await one.scim.get('/Users?filter=nonsense');
    await one.scim.send('POST', '/Users', '{"userName":');
    await keptRequests(hub, one.tenant.id, 4);
    const failed = await requestsOf(one, { failed: true });
    expect(failed.map(({ status, scimType }: { status: number; scimType: string }) => [status, scimType])).toEqual([
      [400, 'invalidSyntax'],
      [400, 'invalidFilter'],
      [409, 'uniqueness'],
    ]);
    for (const request of failed) expect(request.changes).toMatchObject([{ name: 'request.refused' }]);
    expect(await requestsOf(one, { failed: false })).toHaveLength(1);
  });

  test('is paged newest first and found by its id, and so is its run', async () => {
    const one = await company();
    await one.scim.people('a', 'b', 'c');
    await keptRequests(hub, one.tenant.id, 3);
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data } = await one.ask(REQUESTS, { id: one.directory.id, first: 2, after });
      seen.push(...data.directory.requests.nodes.map(({ id }: { id: string }) => id));
      if (!data.directory.requests.pageInfo.hasNextPage) break;
      after = data.directory.requests.pageInfo.endCursor;
    }
    expect(seen).toEqual((await requestsOf(one)).map(({ id }: { id: string }) => id));
    const [run] = await runsOf(one);
    const { data } = await one.ask(
      'query ($req: ID!, $run: ID!) { a: node(id: $req) { __typename id } b: node(id: $run) { __typename id } }',
      { req: seen[0], run: run.id },
    );
    expect(data).toEqual({ a: { __typename: 'ScimRequest', id: seen[0] }, b: { __typename: 'SyncRun', id: run.id } });
  });

  test('A53 shows bodies and what a filter compares to those alone who may see sensitive fields', async () => {
    const one = await company();
    await one.scim.post('/Users', { userName: 'canary@x' });
    await one.scim.get(`/Users?filter=${encodeURIComponent('userName eq "canary@x"')}&count=1`);
    await one.scim.get('/Users/canary@x');
    await keptRequests(hub, one.tenant.id, 3);
    const key = await hub.newKey(one.tenant.id, ['directories:read']);
    const query = `query ($id: ID!) { directory(id: $id) { requests { nodes { path requestBody responseBody } } } }`;
    const { data, text } = await askAs(hub, key)(query, { id: one.directory.id });
    expect(text).not.toContain('canary');
    expect(data.directory.requests.nodes).toEqual([
      { path: '/scim/v2/Users/…', requestBody: null, responseBody: null },
      { path: '/scim/v2/Users?filter=…&count=…', requestBody: null, responseBody: null },
      { path: '/scim/v2/Users', requestBody: null, responseBody: null },
    ]);
  });

  test('A2 of another tenant is nobody else’s to see, and its id is unknown there', async () => {
    const [one, two] = [await company(), await company()];
    await one.scim.people('a');
    await keptRequests(hub, one.tenant.id, 1);
    const [{ id }] = await requestsOf(one);
    const { data } = await two.ask('query ($id: ID!, $dir: ID!) { node(id: $id) { id } directory(id: $dir) { id } }', {
      id,
      dir: one.directory.id,
    });
    expect(data).toEqual({ node: null, directory: null });
  });
});

describe('the runs of a directory', () => {
  test('E2 count what came of each request', async () => {
    const one = await company();
    const [ada, bob] = await one.scim.people('ada@x', 'bob@x');
    const group = await one.scim.group('Staff');
    await one.scim.patch(`/Users/${ada}`, { op: 'replace', path: 'title', value: 'Countess' });
    await one.scim.patch(`/Users/${ada}`, { op: 'replace', path: 'title', value: 'Countess' });
    await one.scim.patch(`/Users/${bob}`, { op: 'replace', path: 'active', value: false });
    await one.scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: ada }] });
    await one.scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: ada }] });
    await one.scim.patch(`/Groups/${group}`, { op: 'replace', path: 'displayName', value: 'All' });
    await one.scim.post('/Users', { userName: 'ada@x' });
    await one.scim.get('/Users/usr_nobody');
    await one.scim.get('/Users');
    await one.scim.delete(`/Users/${bob}`);
    await one.scim.delete(`/Groups/${group}`);
    await keptRequests(hub, one.tenant.id, 14);
    expect(await runsOf(one)).toEqual([
      {
        id: expect.stringMatching(/^run_/),
        kind: 'INITIAL',
        endedAt: null,
        requests: 14,
        created: 3,
        updated: 3,
        adopted: 0,
        deactivated: 1,
        deleted: 2,
        skipped: 2,
        failed: 2,
      },
    ]);
  });

  test('several hubs on one database count together, and nothing twice', async () => {
    const one = await company();
    const other = new Database(await databaseOf(hub), APP_ROLE);
    const logs = [requestLog(hub.running.database), requestLog(other)];
    const directoryId = uuidOf('dir', one.directory.id)!;
    const batches = Array.from({ length: 20 }, () => [row(directoryId), row(directoryId)]);
    await Promise.all(
      batches.flatMap((rows, index) => [0, 1].map((turn) => logs[(index + turn) % 2]!.keep(one.tenant.id, rows))),
    );
    await other.close();
    expect(await runsOf(one)).toMatchObject([{ requests: 40, skipped: 40 }]);
  });

  test('E1 a pause ends a run, and what comes after the first that wrote is incremental', async () => {
    const one = await company();
    const directoryId = uuidOf('dir', one.directory.id)!;
    const log = requestLog(hub.running.database);
    await one.scim.people('a');
    await keptRequests(hub, one.tenant.id, 1);
    const hour = new Date(Date.now() + 3_600_000).toISOString();
    await log.keep(one.tenant.id, [{ ...row(directoryId), at: hour }]);
    expect((await runsOf(one)).map(({ kind }: { kind: string }) => kind)).toEqual(['INCREMENTAL', 'INITIAL']);
  });

  test('have an end once the pause is over', async () => {
    const one = await company();
    const at = new Date(Date.now() - 600_000).toISOString();
    await requestLog(hub.running.database).keep(one.tenant.id, [{ ...row(uuidOf('dir', one.directory.id)!), at }]);
    expect(await runsOf(one)).toMatchObject([{ endedAt: at }]);
  });
});

const row = (directoryId: string): LoggedRequest => ({
  id: newId(),
  directoryId,
  at: new Date().toISOString(),
  requestId: 'test-request',
  method: 'PATCH',
  path: '/scim/v2/Users',
  status: 200,
  durationMs: 1,
  subject: null,
  requestBody: null,
  responseBody: null,
  scimType: null,
  rehearsedIn: null,
  done: [null],
});

test('what is older than the setting is forgotten in every tenant, and nothing else', async () => {
  const [one, two] = [await company(), await company()];
  const log = requestLog(hub.running.database);
  const old = (directory: string) => ({
    ...row(uuidOf('dir', directory)!),
    id: '01900000-0000-7000-8000-00000000000a',
  });
  await log.keep(one.tenant.id, [old(one.directory.id), row(uuidOf('dir', one.directory.id)!)]);
  await log.keep(two.tenant.id, [old(two.directory.id)]);
  await Promise.all([forgetRequests(log, 30), forgetRequests(log, 30)]);
  expect(await keptRequests(hub, one.tenant.id, 1)).toHaveLength(1);
  expect(await keptRequests(hub, two.tenant.id, 0)).toEqual([]);
  expect(await runsOf(two)).toHaveLength(1);
});

test('a request without a token is counted and not kept', async () => {
  const before = await figure('rollcall_scim_requests_total{method="GET",resource="users",status="4xx"}');
  await fetch(`${hub.url}/scim/v2/Users`);
  expect(await figure('rollcall_scim_requests_total{method="GET",resource="users",status="4xx"}')).toBe(before + 1);
});

test('figures tell refusals by their keyword, how many requests wait and how many were dropped', async () => {
  const one = await company();
  await one.scim.get('/Users?filter=nonsense');
  expect(await figure('rollcall_scim_refusals_total{type="invalidFilter"}')).toBeGreaterThan(0);
  expect(await figure('rollcall_scim_log_dropped_total')).toBe(0);
  await vi.waitFor(async () => expect(await figure('rollcall_scim_log_queue')).toBe(0), { timeout: 5_000 });
});

async function figure(name: string): Promise<number> {
  const text = await (await fetch(`${hub.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line ? Number(line.slice(name.length)) : 0;
}

test('what waits is written when the hub stops', async () => {
  const short = await startHub();
  const tenant = await short.newTenant();
  const scim = scimClient(await short.newDirectory(tenant.id));
  const url = await databaseOf(short);
  await scim.people('a', 'b');
  await short.running.stop();
  const after = new Database(url, APP_ROLE);
  const rows = await after.session(tenant.id, (session) =>
    session.ask({ text: 'select id from scim_requests', values: [] }),
  );
  await after.close();
  await short.stop().catch(() => {});
  expect(rows.map(({ id }) => wireId('req', String(id)))).toHaveLength(2);
});
