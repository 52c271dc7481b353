import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleCompany } from '../../../src/entra/company.ts';
import { provision } from '../../../src/entra/provision.ts';
import { type Hub, startHub, type Tenant, type TestDirectory } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { askAs } from '../ask.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const company = sampleCompany({ people: 600, groups: 20, seed: 7 });

type Shown = { id: string; asOf: object | null };

async function everyone(tenant: Tenant): Promise<Shown[]> {
  const people: Shown[] = [];
  for (let after: string | null = null; ; ) {
    const { data, text } = await askAs(hub, tenant.key)(
      `query ($after: String) { users(first: 100, after: $after, where: { status: [ACTIVE, DEACTIVATED, DELETED] }) {
        nodes { id asOf(at: "2999-01-01T00:00:00Z") { status userName fields { key value } teams roles } }
        pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    if (!data) throw new Error(text);
    people.push(...data.users.nodes);
    if (!data.users.pageInfo.hasNextPage) return people;
    after = data.users.pageInfo.endCursor;
  }
}

/** What the directory reads of each person: everything but when. */
async function records({ scim, token }: TestDirectory): Promise<Map<string, object>> {
  const all = new Map<string, object>();
  for (let startIndex = 1; ; ) {
    const response = await fetch(`${scim}/Users?count=200&startIndex=${startIndex}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { Resources, totalResults } = (await response.json()) as {
      Resources: { id: string }[];
      totalResults: number;
    };
    for (const { id, ...record } of Resources) all.set(id, { ...record, meta: null });
    startIndex += Resources.length;
    if (startIndex > totalResults) return all;
  }
}

/** The requests so far are a run that has ended long ago. */
const endRuns = (tenant: Tenant) =>
  hub.running.database.session(tenant.id, (session) =>
    session.ask({ text: `update sync_runs set last_at = last_at - interval '10 minutes'`, values: [] }),
  );

const logged = (tenant: Tenant) =>
  hub.running.database.session(tenant.id, async (session) => {
    const [row] = await session.ask<{ count: number }>({
      text: 'select sum(requests)::int as count from sync_runs',
      values: [],
    });
    return row!.count;
  });

async function undoLatestRun(tenant: Tenant, directory: TestDirectory) {
  const ask = askAs(hub, tenant.key);
  const runs = await ask('query ($id: ID!) { directory(id: $id) { syncRuns(first: 1) { nodes { id } } } }', {
    id: directory.id,
  });
  const { data, text } = await ask(
    `mutation ($id: ID!) { undoSyncRun(id: $id) { usersChanged usersRefused users { userId problems { code message } } problems { message } } }`,
    { id: runs.data.directory.syncRuns.nodes[0].id },
  );
  if (!data) throw new Error(text);
  return data.undoSyncRun;
}

test('the run of a month of joiners, movers and leavers is undone, and all people are what they were', async () => {
  const tenant = await hub.newTenant();
  const directory = await hub.newDirectory(tenant.id);
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-undo-'));
  const stateFile = join(folder, 'state.json');
  const common = { url: directory.scim, token: directory.token, stateFile };
  const scenario = 'joiners-movers-leavers';
  const first = await provision({ ...common, directory: company, cycles: 1 });
  expect(first.refusals).toEqual([]);
  await settled(tenant);
  await endRuns(tenant);
  const [before, recordsBefore] = [await everyone(tenant), await records(directory)];
  await settled(tenant);
  await endRuns(tenant);
  const second = await provision({ ...common, directory: company, cycles: 2, scenario });
  expect(second.refusals).toEqual([]);
  await settled(tenant);
  expect(await everyone(tenant)).not.toEqual(before);
  const undone = await undoLatestRun(tenant, directory);
  expect(undone).toMatchObject({ problems: [], usersRefused: 0 });
  expect(undone.usersChanged).toBeGreaterThan(30);
  const after = new Map((await everyone(tenant)).map(({ id, asOf }) => [id, asOf]));
  for (const { id, asOf } of before) expect(after.get(id)).toEqual(asOf);
  const known = new Set(before.map(({ id }) => id));
  for (const [id, asOf] of after) if (!known.has(id)) expect(asOf).toMatchObject({ status: 'DELETED', teams: [] });
  expect(await records(directory)).toEqual(recordsBefore);
  await rm(folder, { recursive: true });
}, 180_000);

/** Waits until the log has counted whatever was asked. */
async function settled(tenant: Tenant): Promise<void> {
  for (let count = -1, next = await logged(tenant); next !== count; next = await logged(tenant)) {
    count = next;
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
}

test('of a run, those are refused who were changed again since, and events tell how far it is', async () => {
  const tenant = await hub.newTenant();
  const directory = await hub.newDirectory(tenant.id);
  const client = scimClient(directory);
  const ask = askAs(hub, tenant.key);
  const [ada, grace] = (await client.people('ada', 'grace')) as [string, string];
  await settled(tenant);
  await endRuns(tenant);
  for (const id of [ada, grace]) await client.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Boss' });
  const { data } = await ask('query ($id: ID!) { user(id: $id) { history(first: 1) { nodes { id } } } }', { id: ada });
  await ask('mutation ($id: ID!) { undoEvent(id: $id) { usersChanged } }', { id: data.user.history.nodes[0].id });
  await settled(tenant);
  const undone = await undoLatestRun(tenant, directory);
  expect(undone).toMatchObject({ usersChanged: 1, usersRefused: 1, problems: [] });
  expect(undone.users).toMatchObject([
    { userId: ada, problems: [{ code: 'VERSION_CONFLICT', message: expect.stringContaining('evt_') }] },
    { userId: grace, problems: [] },
  ]);
  expect((await client.get(`/Users/${grace}`)).body.title).toBeUndefined();
  const told = await hub.running.database.session(tenant.id, (session) =>
    session.ask<{ name: string }>({
      text: `select name from events where name like 'undo.%' order by seq`,
      values: [],
    }),
  );
  expect(told.map(({ name }) => name)).toEqual(['undo.started', 'undo.ended']);
});
