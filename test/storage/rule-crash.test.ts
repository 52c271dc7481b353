import { afterAll, expect, test } from 'vitest';
import { DEFAULT_TENANT } from '../../src/domain/tenant.ts';
import { askHub, kill, openKillable } from '../support/killable.ts';

const PEOPLE = 12_000;

const stage = await openKillable();
const { client, start } = stage;
afterAll(stage.close);

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
  const { previewFieldRules } = await askHub(first, `{ previewFieldRules(rules: ${rules}) { token usersChanged } }`);
  expect(previewFieldRules.usersChanged).toBe(PEOPLE);
  expect((await askHub(second, PROGRESS)).fieldRulesProgress).toBeNull();

  const broken = askHub(
    first,
    `mutation { applyFieldRules(token: "${previewFieldRules.token}") { usersChanged } }`,
  ).then(
    () => 'answered',
    () => 'broken',
  );
  let progress = null;
  while (!progress || progress.done === 0) ({ fieldRulesProgress: progress } = await askHub(second, PROGRESS));
  await kill(first);
  expect(await broken).toBe('broken');
  ({ fieldRulesProgress: progress } = await askHub(second, PROGRESS));
  expect(progress).toMatchObject({ total: PEOPLE, finishedAt: null });
  expect(progress.done).toBeGreaterThan(0);
  expect(progress.done).toBeLessThan(PEOPLE);

  const third = await start();
  ({ fieldRulesProgress: progress } = await askHub(third, PROGRESS));
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
