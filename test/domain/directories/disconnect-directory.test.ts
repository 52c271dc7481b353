import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/domain/command.ts';
import { disconnectDirectory } from '../../../src/domain/directories/disconnect-directory.ts';
import { changeGroup } from '../../../src/domain/groups/change-group.ts';
import { changeGroupMembers } from '../../../src/domain/groups/change-group-members.ts';
import { provisionGroup } from '../../../src/domain/groups/provision-group.ts';
import { uuidOf, wireId } from '../../../src/domain/ids.ts';
import { DEFAULT_TENANT } from '../../../src/domain/tenant.ts';
import { changeProvisionedUser } from '../../../src/domain/users/change-provisioned-user.ts';
import { deprovisionUser } from '../../../src/domain/users/deprovision-user.ts';
import { provisionUser } from '../../../src/domain/users/provision-user.ts';
import { userRecord } from '../../../src/scim/resource/record.ts';
import { createDatabase, type TestDatabase } from '../../support/database.ts';
import { insertPeople } from '../../support/many-people.ts';
import { build, type HubProcess, startProcess } from '../../support/process.ts';
import { openTwoHubs, type TwoHubs } from '../../support/two-hubs.ts';

let stage: TwoHubs;

beforeAll(async () => {
  stage = await openTwoHubs();
});
afterAll(() => stage?.close());

const record = (title: string) => userRecord({ userName: 'ada', externalId: 'oid', title }, null);

test('DY3 another process, which still takes the directory for connected, writes nothing for it', async () => {
  const { admin, connect } = await stage.newCompany();
  const { id: directoryId, call: directory } = await connect();
  const [hub, late] = stage.hubs;
  const person = await run(late, directory, provisionUser, { record: record('first') });
  const sales = { record: { displayName: 'Sales', externalId: null, resource: {} }, members: [] };
  const group = await run(late, directory, provisionGroup, sales);
  await disconnectDirectory(hub, admin, { id: wireId('dir', directoryId), plan: 'KEEP_MANUAL' });
  const id = wireId('usr', person.id);
  const groupId = wireId('grp', group.id);
  const refused = { name: 'HubError', code: expect.stringMatching(/NOT_ALLOWED|NOT_FOUND/) };
  // Groups first: what is refused by the version of the policy makes the process read it again.
  const delta = { id: groupId, kind: 'add' as const, members: [id] };
  await expect(run(late, directory, changeGroupMembers, delta)).rejects.toMatchObject(refused);
  const renaming = { id: groupId, change: () => ({ ...sales.record, displayName: 'Other' }), members: [] };
  await expect(run(late, directory, changeGroup, renaming)).rejects.toMatchObject(refused);
  const more = { ...sales, record: { ...sales.record, displayName: 'More' } };
  await expect(run(late, directory, provisionGroup, more)).rejects.toMatchObject(refused);
  const change = { id, change: () => record('late') };
  await expect(run(late, directory, changeProvisionedUser, change)).rejects.toMatchObject(refused);
  await expect(run(late, directory, deprovisionUser, { id })).rejects.toMatchObject(refused);
});

describe('a process that is killed in the middle', () => {
  const PEOPLE = 8_000;
  let folder: string;
  let own: TestDatabase;
  let reader: pg.Client;
  const started: HubProcess[] = [];

  beforeAll(async () => {
    await build();
    folder = await mkdtemp(join(tmpdir(), 'rollcall-disconnect-'));
    own = await createDatabase();
    reader = new pg.Client({ connectionString: own.url });
    await reader.connect();
  });
  afterAll(async () => {
    for (const { process, ended } of started) {
      process.kill('SIGKILL');
      await ended;
    }
    await reader?.end();
    await own?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async () => {
    const hub = await startProcess({
      ROLLCALL_DATA_DIR: folder,
      DATABASE_URL: own.url,
      ROLLCALL_ADMIN_KEY: 'k'.repeat(32),
      ROLLCALL_SECRET: 's'.repeat(32),
    });
    started.push(hub);
    return hub;
  };
  const ask = async (hub: HubProcess, query: string) => {
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${'k'.repeat(32)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data: { createDirectory: { directory: { id: string } } } };
  };
  const progress = async () => {
    const { rows } = await reader.query(
      `select state, disconnect_plan as plan, (select count(*)::int from users where status = 'DEACTIVATED') as done from directories`,
    );
    return rows[0] as { state: string; plan: string | null; done: number };
  };

  test('DY3 goes on at the next start, and everybody is let go exactly once', async () => {
    const hub = await start();
    const made = await ask(
      hub,
      'mutation { createDirectory(input: { name: "Entra", preset: CUSTOM }) { directory { id } } }',
    );
    const { id } = made.data.createDirectory.directory;
    await insertPeople(own.url, DEFAULT_TENANT, uuidOf('dir', id)!, PEOPLE);
    const cut = ask(hub, `mutation { disconnectDirectory(id: "${id}", plan: DEACTIVATE) { problems { code } } }`);
    await expect.poll(async () => (await progress()).done, { interval: 5, timeout: 30_000 }).toBeGreaterThan(0);
    hub.process.kill('SIGKILL');
    await expect(cut).rejects.toThrow();
    await hub.ended;
    const cutAt = await progress();
    expect(cutAt).toMatchObject({ state: 'DISCONNECTED', plan: 'DEACTIVATE' });
    expect(cutAt.done).toBeLessThan(PEOPLE);
    await start();
    expect(await progress()).toEqual({ state: 'DISCONNECTED', plan: null, done: PEOPLE });
    const { rows } = await reader.query(
      `select count(*)::int as events, count(distinct subject_id)::int as people, (select max(version) from users) as version
       from events where name = 'user.deactivated'`,
    );
    expect(rows).toEqual([{ events: PEOPLE, people: PEOPLE, version: 2 }]);
  });
});
