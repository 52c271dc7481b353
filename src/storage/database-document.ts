import { openOrm } from './orm.ts';

/** The schema as the entities describe it, as SQL. Needs no database. */
export async function databaseDocument(): Promise<string> {
  const orm = await openOrm('postgres://nobody@localhost/nothing');
  const sql = await orm.schema.getCreateSchemaSQL();
  const lines = sql
    .replace(`set names 'utf8';`, '')
    .trim()
    .replaceAll(/\n{3,}/g, '\n\n');
  return `-- Written by npm run schema from src/storage/schema; do not edit. Sequences, roles and grants are in migrations/.\n\n${lines}\n`;
}
