import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_TENANT } from '../../src/domain/tenant.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { build, type HubProcess, startProcess } from '../support/process.ts';

const PEOPLE = 12_000;
const KEY = 'a key of the tests of 32 characters';

let database: TestDatabase;
let client: pg.Client;
let dataDir: string;
const hubs: HubProcess[] = [];

beforeAll(async () => {
  await build();
  database = await createDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'rollcall-crash-'));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  for (const hub of hubs) {
    hub.process.kill('SIGTERM');
    await hub.ended;
  }
  await client?.end();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<HubProcess> {
  const env = { DATABASE_URL: database.url, ROLLCALL_ADMIN_KEY: KEY, ROLLCALL_SECRET: 'x'.repeat(32) };
  const hub = await startProcess({ ...env, ROLLCALL_DATA_DIR: dataDir });
  hubs.push(hub);
  return hub;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
async function ask(hub: HubProcess, query: string): Promise<any> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const answer = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data, errors } = (await answer.json()) as { data: object; errors?: object[] };
  expect(errors).toBeUndefined();
  return data;
}

/** People whose directory says one title and who have written another one. */
async function addPeople(): Promise<void> {
  const directory = '01a00000-0000-7000-8000-00000000000d';
  const cell = (text: string, write: number) =>
    `jsonb_build_object('title', jsonb_build_object('value', ${text}, 'write', ${write}))`;
  await client.query('begin');
  await client.query('set local session_replication_role = replica');
  await client.query(
    `insert into directories (tenant_id, id, name, preset, state, created_at)
     values ($1, $2, 'Entra', 'ENTRA_STANDARD', 'ACTIVE', now())`,
    [DEFAULT_TENANT, directory],
  );
  await client.query(
    `insert into users (tenant_id, id, version, kind, status, status_at, visible, user_name, user_name_key,
       display_name_key, title, created_at, updated_at)
     select $1, uuidv7(), 2, 'MEMBER', 'ACTIVE', now(), true, 'p' || n, 'p' || n, 'p' || n, 'theirs', now(), now()
     from generate_series(1, $2::int) n`,
    [DEFAULT_TENANT, PEOPLE],
  );
  const source =
    'insert into user_sources (tenant_id, user_id, source_id, kind, directory_id, asserted, writes, user_name, user_name_key, active, resource, linked_at)';
  await client.query(
    `${source} select $1, id, $2::uuid, 'DIRECTORY', $2::uuid, ${cell(`'theirs'::text`, 1)}, '{}', user_name, user_name_key, true, '{}', now() from users`,
    [DEFAULT_TENANT, directory],
  );
  await client.query(
    `${source} select $1, id, '00000000-0000-0000-0000-00000000000a', 'LOCAL', null, ${cell(`'own of ' || user_name`, 2)}, '{}', null, null, null, null, now() from users`,
    [DEFAULT_TENANT],
  );
  await client.query('commit');
  await client.query('analyze');
}

const PROGRESS = '{ fieldRulesProgress { version total done usersChanged startedAt finishedAt } }';

test('a rule change whose process is killed is seen from another one, and finished by the next start', async () => {
  const [first, second] = [await start(), await start()];
  await addPeople();
  const rules = '[{ key: "title", sourceOfTruth: USER }]';
  const { previewFieldRules } = await ask(first, `{ previewFieldRules(rules: ${rules}) { token usersChanged } }`);
  expect(previewFieldRules.usersChanged).toBe(PEOPLE);
  expect((await ask(second, PROGRESS)).fieldRulesProgress).toBeNull();

  const broken = ask(first, `mutation { applyFieldRules(token: "${previewFieldRules.token}") { usersChanged } }`).then(
    () => 'answered',
    () => 'broken',
  );
  let progress = null;
  while (!progress || progress.done === 0) ({ fieldRulesProgress: progress } = await ask(second, PROGRESS));
  first.process.kill('SIGKILL');
  expect(await broken).toBe('broken');
  await first.ended;
  ({ fieldRulesProgress: progress } = await ask(second, PROGRESS));
  expect(progress).toMatchObject({ total: PEOPLE, finishedAt: null });
  expect(progress.done).toBeGreaterThan(0);
  expect(progress.done).toBeLessThan(PEOPLE);

  const third = await start();
  ({ fieldRulesProgress: progress } = await ask(third, PROGRESS));
  expect(progress).toMatchObject({ total: PEOPLE, done: PEOPLE, usersChanged: PEOPLE });
  expect(progress.finishedAt).not.toBeNull();
  const { rows } = await client.query(
    `select count(*) filter (where title = 'own of ' || user_name and version = 3)::int as people,
       (select count(*) from events where name = 'user.updated')::int as events,
       (select json_agg(changes order by xact, seq) from events where name = 'rules.progressed') as told
     from users`,
  );
  expect(rows[0]).toMatchObject({ people: PEOPLE, events: PEOPLE });
  expect(rows[0].told.map(([{ to }]: [{ to: number }]) => Math.floor(to / 5_000))).toEqual([1, 2]);
});
