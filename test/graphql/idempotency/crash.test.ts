import { afterAll, expect, test } from 'vitest';
import { KEY, kill, openKillable } from '../../support/killable.ts';
import { askKeyed } from './keyed.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };

const stage = await openKillable();
const { client, start } = stage;
afterAll(stage.close);

let hub = await start();

const create = (name: string) =>
  askKeyed(
    hub,
    KEY,
    name,
    `mutation { createUser(input: { userName: "${name}" }) { user { id teams(first: 1) { totalCount } } problems { code } } }`,
  );

const count = async (text: string, values: unknown[] = []): Promise<number> =>
  (await client.query(`select count(*)::int as n from ${text}`, values)).rows[0].n;
const people = (name: string) => count('users where user_name = $1', [name]);
const created = (name: string) =>
  count(`events e join users u on u.id = e.subject_id where e.name = 'user.created' and u.user_name = $1`, [name]);
/** Sessions of the hub that wait for a lock. */
const waiting = () => count(`pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);

/** Kills the hub while the request waits for that table, and starts another one. */
async function killWaitingFor(table: string, name: string): Promise<void> {
  await client.query('begin');
  await client.query(`lock table ${table} in access exclusive mode`);
  const asked = create(name).then(
    () => 'answered',
    () => 'broken',
  );
  await expect.poll(waiting, PATIENCE).toBe(1);
  await kill(hub);
  expect(await asked).toBe('broken');
  await client.query('commit');
  await expect.poll(waiting, PATIENCE).toBe(0);
  hub = await start();
}

const leaseIsOver = () => client.query('update idempotency_keys set leased_until = now()');

test('a hub that is killed after the commit and before the answer has done it once, and says so', async () => {
  await killWaitingFor('team_members', 'after');
  expect(await people('after')).toBe(1);
  expect(await create('after')).toMatchObject({ status: 409, code: 'IDEMPOTENCY_IN_PROGRESS' });
  await leaseIsOver();
  for (let again = 0; again < 2; again++)
    expect(await create('after')).toMatchObject({ status: 409, code: 'IDEMPOTENCY_APPLIED' });
  expect([await people('after'), await created('after')]).toEqual([1, 1]);
});

test('a hub that is killed before the commit has done nothing, and the next request does it', async () => {
  await killWaitingFor('events', 'before');
  expect(await people('before')).toBe(0);
  const { rows } = await client.query(
    `select leased_until - claimed_at <= interval '1 minute' as soon, applied from idempotency_keys where key = 'before'`,
  );
  expect(rows).toEqual([{ soon: true, applied: false }]);
  await leaseIsOver();
  const first = await create('before');
  expect(first).toMatchObject({ status: 200, replayed: null, data: { createUser: { problems: [] } } });
  expect(await create('before')).toMatchObject({ replayed: 'true', text: first.text });
  expect([await people('before'), await created('before')]).toEqual([1, 1]);
});
