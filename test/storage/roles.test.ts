import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openDatabase } from '../../src/storage/open.ts';
import { databaseUrl, execute } from '../support/copy-database.ts';

const cluster = () => inject('clusterUrl');
const name = 'rollcall_of_a_plain_user';
let plain: string;

beforeAll(async () => {
  await execute(cluster(), `create role plain_user login password 'plain' nosuperuser nocreaterole`);
  await execute(cluster(), `create database ${name} owner plain_user`);
  const url = new URL(databaseUrl(cluster(), name));
  url.username = 'plain_user';
  url.password = 'plain';
  plain = url.href;
});
afterAll(async () => {
  await execute(cluster(), `drop database ${name} with (force)`);
  await execute(cluster(), 'drop owned by plain_user');
  await execute(cluster(), 'drop role plain_user');
});

test('a user who may not make the roles is told exactly what to run, and then all works', async () => {
  const told = await openDatabase(plain).catch((error: Error) => error.message);
  expect(told).toContain('grant rollcall_migrator, rollcall_app to "plain_user";');
  const statements = String(told).split('\n\n')[1]!;
  await execute(databaseUrl(cluster(), name), statements);

  const { database, schema } = await openDatabase(plain);
  await database.close();
  expect(schema).toMatch(/^\d{14}-[a-z-]+$/);
});

test('what belongs to the hub belongs to its migrator, whoever connects', async () => {
  const client = new pg.Client({ connectionString: plain });
  await client.connect();
  const { rows } = await client.query(`select distinct tableowner from pg_tables where schemaname = 'public'`);
  await client.end();
  expect(rows).toEqual([{ tableowner: 'rollcall_migrator' }]);
});
