import { afterAll, expect, test } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { DEFAULT_TENANT } from '../../src/domain/tenant.ts';
import { sampleCompany } from '../../src/entra/company.ts';
import { provision } from '../../src/entra/provision.ts';
import { askHub, kill, openKillable } from '../support/killable.ts';
import { insertPeople } from '../support/many-people.ts';
import { readAll } from '../support/read-back.ts';

const STANDING = 4_000;
const PATIENCE = { timeout: 60_000, interval: 50 };

const stage = await openKillable();
const { client, database, start } = stage;
afterAll(stage.close);

let hub = await start();

const again = async () => {
  hub = await start();
};
const ask = (query: string) => askHub(hub, query);

/** What the answer came to, which nobody may wait for. */
const asked = (query: string): Promise<string> =>
  ask(query).then(
    () => 'answered',
    () => 'broken',
  );

const one = async <Value>(sql: string, values: unknown[] = []): Promise<Value> =>
  (await client.query(sql, values)).rows[0]?.value;

const phase = () => one<string | undefined>('select phase as value from rehearsals');
const people = (tenantId: string) =>
  one<number>('select count(*)::int as value from users where tenant_id = $1', [tenantId]);
const shadows = () =>
  one<string[]>(`select coalesce(array_agg(id), '{}') as value from tenants where rehearses is not null`);

test('C10 a rehearsal whose hub is killed while it is prepared, between and while it is accepted becomes true once', async () => {
  const made = await ask(
    'mutation { createDirectory(input: { name: "Entra", preset: ENTRA_STANDARD }) { directory { id } } }',
  );
  const { id } = made.createDirectory.directory;
  const issued = await ask(`mutation { createDirectoryToken(directory: "${id}") { secret } }`);
  const token: string = issued.createDirectoryToken.secret;
  const directory = () => ({ id, token, scim: `${hub.url}/scim/v2` });
  await insertPeople(database.url, DEFAULT_TENANT, uuidOf('dir', id)!, STANDING);

  const begun = asked(`mutation { setRehearsal(directory: "${id}", on: true) { problems { message } } }`);
  await expect.poll(async () => (await shadows()).length, PATIENCE).toBe(1);
  await kill(hub);
  expect(await begun).toBe('broken');
  expect(await phase()).toBe('COPYING');
  const [half] = await shadows();
  await again();
  await expect.poll(phase, PATIENCE).toBe('OPEN');
  await expect.poll(async () => (await shadows()).includes(half!), PATIENCE).toBe(false);
  expect(await people(half!)).toBe(0);
  const [shadow] = await shadows();
  expect(await people(shadow!)).toBe(STANDING);

  const company = sampleCompany({ people: 500, groups: 5, seed: 3 });
  const { refusals } = await provision({ url: `${hub.url}/scim/v2`, token, directory: company, dialect: 'batched' });
  expect(refusals).toEqual([]);
  const told = (await readAll(directory(), 'Users')).map((person) => person.id).toSorted();
  await kill(hub);
  await again();
  expect((await readAll(directory(), 'Users')).map((person) => person.id).toSorted()).toEqual(told);
  expect(await people(DEFAULT_TENANT)).toBe(STANDING);

  const accepted = asked(`mutation { setRehearsal(directory: "${id}", on: false) { problems { message } } }`);
  while ((await people(DEFAULT_TENANT)) === STANDING);
  await kill(hub);
  expect(await accepted).toBe('broken');
  expect(await phase()).toBe('ACCEPTING');
  expect(await people(DEFAULT_TENANT)).toBeLessThan(told.length);
  await again();
  await expect.poll(phase, PATIENCE).toBeUndefined();
  await expect
    .poll(
      async () =>
        (await fetch(`${hub.url}/scim/v2/Users?count=1`, { headers: { authorization: `Bearer ${token}` } })).status,
      PATIENCE,
    )
    .toBe(200);
  expect((await readAll(directory(), 'Users')).map((person) => person.id).toSorted()).toEqual(told);
  expect(
    await one(
      `select max(n)::int as value from (select count(*) as n from events where tenant_id = $1 and name = 'user.created' group by subject_id) o`,
      [DEFAULT_TENANT],
    ),
  ).toBe(1);
  await expect.poll(async () => [await people(shadow!), (await shadows()).length], PATIENCE).toEqual([0, 0]);
});
