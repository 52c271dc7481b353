import { openDatabase } from '../../src/storage/open.ts';

/** The database that `createDatabase` copies unless told otherwise. */
export const templateName = 'rollcall_template';

/** Fills the template, once per test run: the schema, and no rows. */
export async function prepareTemplate(url: string): Promise<void> {
  const { database } = await openDatabase(url);
  await database.close();
}
