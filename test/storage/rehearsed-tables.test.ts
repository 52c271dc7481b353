import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { Database } from '../../src/storage/database.ts';
import { shadows } from '../../src/storage/rehearsal/shadows.ts';
import { copiedTables, rehearsedTables } from '../../src/storage/rehearsal/tables.ts';
import { APP_ROLE } from '../../src/storage/roles.ts';
import { ensureTenant } from '../../src/storage/tenants.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { insertPeople } from '../support/many-people.ts';

let copy: TestDatabase;
let client: pg.Client;
let database: Database;
beforeAll(async () => {
  copy = await createDatabase();
  client = new pg.Client({ connectionString: copy.url });
  await client.connect();
  database = new Database(copy.url, APP_ROLE);
});
afterAll(async () => {
  await client?.end();
  await database?.close();
  await copy?.drop();
});

const ask = (tenantId: string, text: string, values: unknown[] = []) =>
  database.session(tenantId, (session) => session.ask<Record<string, unknown>>({ text, values }));

/** A tenant with a directory that holds three people, and the tenant's shadow. */
async function copied() {
  const [tenantId, directoryId, shadowId] = [newId(), newId(), newId()];
  await ensureTenant(database, tenantId, 'Test');
  await ask(
    tenantId,
    `insert into directories (tenant_id, id, name, preset, state, created_at) values ($1, $2, 'D', 'CUSTOM', 'REHEARSAL', now())`,
    [tenantId, directoryId],
  );
  await insertPeople(copy.url, tenantId, directoryId, 3);
  await shadows(database).fill(tenantId, directoryId, shadowId);
  return { tenantId, directoryId, shadowId };
}

test('C10 of every table it is said whether a rehearsal copies it, and none comes before one that it refers to', async () => {
  const { rows } = await client.query(`
    select c.relname as name, array(
      select confrelid::regclass::text from pg_constraint where conrelid = c.oid and contype = 'f') as refers
    from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and c.relname not in ('migrations', 'tenants')`);
  const known = Object.keys(rehearsedTables);
  expect(rows.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
  for (const { name, refers } of rows) {
    for (const table of refers.filter((table: string) => table !== 'tenants' && table !== name)) {
      expect(known.indexOf(table), `${name} refers to ${table}`).toBeLessThan(known.indexOf(name));
      if (copiedTables.includes(name)) expect(copiedTables, `${name} refers to ${table}`).toContain(table);
    }
  }
});

test('C10 a copy has the rows of the tenant under the same ids, and its directory writes', async () => {
  const { tenantId, shadowId } = await copied();
  for (const table of ['users', 'user_sources']) {
    const rows = (tenant: string) =>
      ask(tenant, `select to_jsonb(t) - 'tenant_id' as row from ${table} t order by user_name`);
    expect(await rows(shadowId)).toEqual(await rows(tenantId));
  }
  expect(await ask(shadowId, 'select state from directories')).toEqual([{ state: 'ACTIVE' }]);
  expect(await ask(tenantId, 'select state from directories')).toEqual([{ state: 'REHEARSAL' }]);
});

test('C10 A20 the wall stands between a tenant and its copy', async () => {
  const { tenantId, shadowId } = await copied();
  for (const [one, other] of [
    [tenantId, shadowId],
    [shadowId, tenantId],
  ] as const) {
    expect(await ask(one, 'select 1 from users where tenant_id = $1', [other])).toEqual([]);
    expect(await ask(one, `update users set title = 'x' where tenant_id = $1 returning 1`, [other])).toEqual([]);
    expect(await ask(one, 'delete from users where tenant_id = $1 returning 1', [other])).toEqual([]);
  }
});

test('C10 work that concerns every tenant sees no copy', async () => {
  const { tenantId, shadowId } = await copied();
  const seen = await database.transaction('00000000-0000-0000-0000-000000000000', async (session) => {
    await session.ask({ text: `select set_config('app.sweep', 'on', true)`, values: [] });
    return session.ask<{ id: string }>({ text: 'select id from tenants', values: [] });
  });
  const ids = seen.map(({ id }) => id);
  expect(ids).toContain(tenantId);
  expect(ids).not.toContain(shadowId);
});

test('C10 a copy is removed whole, events too, and a company never is', async () => {
  const { tenantId, shadowId } = await copied();
  const before = await ask(tenantId, 'select * from users order by id');
  await ask(
    shadowId,
    `insert into events (tenant_id, at, name, actor, subject_kind, subject_id, changes) values ($1, now(), 'x', 'x', 'usr', $1, '[]')`,
    [shadowId],
  );
  await shadows(database).remove(shadowId);
  for (const table of [...Object.keys(rehearsedTables), 'tenants'])
    expect(await ask(shadowId, `select * from ${table}`), table).toEqual([]);
  await expect(ask(tenantId, `select remove_shadow_rows('users', 10)`)).rejects.toThrow(/Only the rows of a shadow/);
  expect(await ask(tenantId, 'select * from users order by id')).toEqual(before);
});
