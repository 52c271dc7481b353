import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOrm } from '../../src/storage/orm.ts';
import { MIGRATOR_ROLE } from '../../src/storage/roles.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';

let copy: TestDatabase;
beforeAll(async () => {
  copy = await createDatabase();
});
afterAll(() => copy?.drop());

test('the migrations make exactly the tables that the entities describe', async () => {
  const orm = await openOrm(copy.url, `-c role=${MIGRATOR_ROLE}`);
  const difference = await orm.schema.getUpdateSchemaSQL({ safe: true });
  await orm.close(true);
  expect(difference.replace(`set names 'utf8';`, '').trim()).toBe('');
});
