import { afterAll, expect, test } from 'vitest';
import { newId, wireId } from '../../src/domain/ids.ts';
import { DEFAULT_TENANT } from '../../src/domain/tenant.ts';
import { askHub, kill, openKillable } from '../support/killable.ts';
import { insertPeople } from '../support/many-people.ts';

const PEOPLE = 3_000;

const stage = await openKillable();
const { client, database, start } = stage;
afterAll(stage.close);

/** A directory whose brake holds the deactivation of everybody in it. */
async function brakedDirectory(): Promise<string> {
  const id = newId();
  await client.query('update users set user_name_key = id::text');
  await client.query(
    `insert into directories (tenant_id, id, name, preset, state, created_at)
     values ($1, $2, 'Entra', 'ENTRA_STANDARD', 'BRAKED', now())`,
    [DEFAULT_TENANT, id],
  );
  await client.query('update tenants set policy_version = policy_version + 1');
  await insertPeople(database.url, DEFAULT_TENANT, id, PEOPLE);
  await client.query('begin');
  await client.query(
    `update users u set status = 'DEACTIVATED', waits_for = 'BRAKE', version = 2, activated_at = now(), seated = true
     from user_sources s where s.user_id = u.id and s.directory_id = $1`,
    [id],
  );
  await client.query(
    `insert into events (tenant_id, at, name, actor, subject_kind, subject_id, changes, record)
     select $1, now(), 'user.deactivation.held', $3, 'usr', user_id,
       '[{"key": "status", "from": "ACTIVE", "to": "DEACTIVATED"}]', '{"before": {"active": true}, "after": {"active": false}}'
     from user_sources where directory_id = $2`,
    [DEFAULT_TENANT, id, wireId('dir', id)],
  );
  await client.query(
    `update user_sources set active = false, resource = resource || '{"active": false}' where directory_id = $1`,
    [id],
  );
  await client.query(
    `insert into brake_people (tenant_id, directory_id, kind, user_id, counted_at, transactions, held)
     select $1, $2, 'LOSS', user_id, now(), array[pg_current_xact_id()::text::bigint], 'DEACTIVATION'
     from user_sources where directory_id = $2`,
    [DEFAULT_TENANT, id],
  );
  await client.query(
    `insert into brakes (tenant_id, directory_id, losses, tripped_at, reason, most) values ($1, $2, $3, now(), 'LOSS', 10)`,
    [DEFAULT_TENANT, id, PEOPLE],
  );
  await client.query('commit');
  await client.query('analyze');
  return id;
}

const left = async (id: string): Promise<number> =>
  (await client.query('select count(*)::int as left from brake_people where directory_id = $1', [id])).rows[0].left;

test.each([
  { decision: 'RESTORE', status: 'ACTIVE', name: 'user.updated' },
  { decision: 'ALLOW_HELD', status: 'DEACTIVATED', name: 'user.deactivated' },
])('$decision whose process is killed between batches is finished by the next start', async ({ decision, ...end }) => {
  const hub = await start();
  const id = await brakedDirectory();
  const query = `mutation { releaseBrake(directory: "${wireId('dir', id)}", decision: ${decision}) { problems { message } } }`;
  const answer = askHub(hub, query).catch(() => 'broken');
  while ((await left(id)) === PEOPLE);
  await kill(hub);
  expect(await answer).toBe('broken');
  expect(await left(id)).toBeGreaterThan(0);

  await start();
  const { rows } = await client.query(
    `select d.state, (select count(*)::int from users u join user_sources s on s.user_id = u.id
        where s.directory_id = d.id and u.status = $2 and u.waits_for is null and u.version = 3) as people,
       (select count(*)::int from events e join user_sources s on s.user_id = e.subject_id
        where s.directory_id = d.id and e.name = $3) as events
     from directories d where d.id = $1`,
    [id, end.status, end.name],
  );
  expect(rows).toEqual([{ state: 'ACTIVE', people: PEOPLE, events: PEOPLE }]);
  expect(await left(id)).toBe(0);
});
