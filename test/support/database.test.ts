import { expect, test } from 'vitest';
import { execute } from './copy-database.ts';
import { createDatabase } from './database.ts';

test('each test database is a copy of its template and gone when dropped', async () => {
  const template = await createDatabase();
  await execute(template.url, 'CREATE TABLE inherited ()');
  const name = new URL(template.url).pathname.slice(1);
  const copies = await Promise.all([createDatabase(name), createDatabase(name), createDatabase(name)]);
  for (const copy of copies) {
    await execute(copy.url, 'DROP TABLE inherited');
    await copy.drop();
  }
  await template.drop();
  await expect(execute(template.url, 'SELECT 1')).rejects.toThrow('does not exist');
});
