import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { Database, NO_TENANT } from '../../src/storage/database.ts';
import { APP_ROLE, MIGRATOR_ROLE } from '../../src/storage/roles.ts';
import { ensureTenant } from '../../src/storage/tenants.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';

let holder: TestDatabase;
let database: Database;
let catalog: pg.Client;
const [one, two] = [newId(), newId()];

beforeAll(async () => {
  holder = await createDatabase();
  database = new Database(holder.url, APP_ROLE);
  catalog = new pg.Client({ connectionString: holder.url });
  await catalog.connect();
  await ensureTenant(database, one, 'One');
  await ensureTenant(database, two, 'Two');
});
afterAll(async () => {
  await catalog?.end();
  await database?.close();
  await holder?.drop();
});

const ask = (tenantId: string, text: string, values: unknown[] = []) =>
  database.session(tenantId, (session) => session.ask<Record<string, unknown>>({ text, values }));

const team = (tenantId: string, id: string) =>
  `insert into teams (tenant_id, id, version, name, name_key, origin, created_at, updated_at)
   values ('${tenantId}', '${id}', 1, 'T', 't', 'MANUAL', now(), now())`;

/** A directory of that tenant with a trust; its id. */
async function trusting(tenantId: string): Promise<string> {
  const id = newId();
  await ask(
    tenantId,
    `insert into directories (tenant_id, id, name, preset, state, created_at) values ($1, $2, 'D', 'CUSTOM', 'ACTIVE', now())`,
    [tenantId, id],
  );
  await ask(
    tenantId,
    `insert into directory_federations
       (tenant_id, directory_id, entra_tenant_id, audience, subject, trust_key, created_by, created_at)
     values ($1, $2, $2, 'a', 's', 'key of ' || $2::uuid::text, 'test', now())`,
    [tenantId, id],
  );
  return id;
}

describe('the wall between tenants', () => {
  test('A20 every table is led by its tenant, forced under row-level security and owned by the migrator', async () => {
    const { rows } = await catalog.query(`
      select c.relname as name, c.relforcerowsecurity and c.relrowsecurity as walled, pg_get_userbyid(c.relowner) as owner,
        (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = 1) as first
      from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'migrations'`);
    expect(rows.length).toBeGreaterThan(8);
    for (const table of rows) {
      expect(table).toMatchObject({ walled: true, owner: MIGRATOR_ROLE });
      expect(table.first, table.name).toBe(table.name === 'tenants' ? 'id' : 'tenant_id');
    }
  });

  test('every primary key, unique index and foreign key begins with the tenant', async () => {
    const { rows } = await catalog.query(`
      select conrelid::regclass::text as tbl, conname as name,
        (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) as first
      from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f')
      union all
      select indrelid::regclass::text, indexrelid::regclass::text,
        (select attname from pg_attribute where attrelid = indrelid and attnum = indkey[0])
      from pg_index join pg_class c on c.oid = indrelid where indisunique and c.relnamespace = 'public'::regnamespace`);
    // A credential is looked up before its tenant is known; its key id is random and ours.
    const exceptions = new Set(['credentials_key_id_unique']);
    const others = rows.filter((row) => row.tbl !== 'migrations' && row.tbl !== 'tenants' && !exceptions.has(row.name));
    expect(others.filter((row) => row.first !== 'tenant_id')).toEqual([]);
  });

  test('the app role owns nothing, bypasses nothing and cannot truncate', async () => {
    const { rows } = await catalog.query('select rolsuper, rolbypassrls from pg_roles where rolname = $1', [APP_ROLE]);
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
    await expect(ask(one, 'truncate teams')).rejects.toThrow(/permission denied/);
    await expect(ask(one, 'alter table users disable row level security')).rejects.toThrow(/must be owner/);
  });

  test('events are written once: the app role can neither change nor remove one', async () => {
    await expect(ask(one, `update events set name = 'x'`)).rejects.toThrow(/permission denied/);
    await expect(ask(one, 'delete from events')).rejects.toThrow(/permission denied/);
  });

  test('a missing tenant fails loudly and is never an empty list', async () => {
    const bare = new pg.Client({ connectionString: holder.url, options: `-c role=${APP_ROLE}` });
    await bare.connect();
    await expect(bare.query('select * from teams')).rejects.toMatchObject({ code: '42704' });
    await bare.end();
  });

  test('rows of another tenant are neither seen, nor changed, nor removed, nor made', async () => {
    const id = newId();
    await ask(two, team(two, id));
    expect(await ask(one, 'select * from teams where id = $1', [id])).toEqual([]);
    expect(await ask(one, `update teams set name = 'x' where id = $1 returning id`, [id])).toEqual([]);
    expect(await ask(one, 'delete from teams where id = $1 returning id', [id])).toEqual([]);
    await expect(ask(one, team(two, newId()))).rejects.toThrow(/row-level security/);
    expect(await ask(two, 'select name from teams where id = $1', [id])).toEqual([{ name: 'T' }]);
  });

  test('a foreign key cannot reach into another tenant', async () => {
    const id = newId();
    await ask(two, team(two, id));
    const member = `insert into team_members (tenant_id, team_id, user_id) values ($1, $2, $3)`;
    await expect(ask(one, member, [one, id, newId()])).rejects.toMatchObject({ code: '23503' });
  });

  test('a pooled connection is switched when the tenant changes, under load too', async () => {
    const rounds = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? one : two));
    const seen = await Promise.all(rounds.map(async (id) => (await ask(id, 'select id from tenants'))[0]!.id));
    expect(seen).toEqual(rounds);
  });

  test('the tenant of a transaction that failed does not stay behind', async () => {
    const failed = database.transaction(one, async (session) => session.ask({ text: 'select 1 / 0', values: [] }));
    await expect(failed).rejects.toThrow(/division/);
    expect(await ask(two, 'select id from tenants')).toEqual([{ id: two }]);
  });

  test('looking up a trust sees the one that is named and nothing else', async () => {
    const ids = await Promise.all([one, two].map(trusting));
    const seen = (name: string) =>
      database.transaction(NO_TENANT, async (session) => {
        await session.ask({ text: `select set_config('app.trust', $1, true)`, values: [name] });
        return session.ask({ text: 'select directory_id as id from directory_federations', values: [] });
      });
    expect(await seen(ids[0]!)).toEqual([{ id: ids[0] }]);
    expect(await seen(`key of ${ids[1]}`)).toEqual([{ id: ids[1] }]);
    expect(await seen('')).toEqual([]);
    expect(await ask(NO_TENANT, 'select * from directory_federations')).toEqual([]);
    expect(await ask(one, 'select directory_id as id from directory_federations')).toEqual([{ id: ids[0] }]);
  });

  test('a transaction that sends sees the outbox of every tenant, may take its rows, and sees nothing else', async () => {
    const put = `insert into outbox (tenant_id, id, kind, payload, due_at, give_up_at, created_at)
      values ($1, $2, 'test', '{}', now(), now(), now())`;
    for (const tenantId of [one, two]) await ask(tenantId, put, [tenantId, newId()]);
    const sending = (text: string) =>
      database.transaction(NO_TENANT, async (session) => {
        await session.ask({ text: `select set_config('app.outbox', 'on', true)`, values: [] });
        return session.ask<Record<string, unknown>>({ text, values: [] });
      });
    const seen = await sending('select tenant_id as tenant from outbox');
    expect(new Set(seen.map(({ tenant }) => tenant))).toEqual(new Set([one, two]));
    expect(await sending('update outbox set attempts = 1 returning attempts')).toHaveLength(2);
    expect(await sending('delete from outbox returning id')).toEqual([]);
    for (const table of ['tenants', 'users', 'invitations', 'credentials', 'teams', 'events'])
      expect(await sending(`select 1 from ${table}`)).toEqual([]);
    expect(await ask(NO_TENANT, 'select * from outbox')).toEqual([]);
    expect(await ask(one, 'select tenant_id as tenant from outbox')).toEqual([{ tenant: one }]);
  });

  test('looking up a credential sees that one row and nothing else', async () => {
    const rows = await ask(NO_TENANT, 'select * from credentials');
    expect(rows).toEqual([]);
  });
});
