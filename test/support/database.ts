import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { copyDatabase, databaseUrl, execute } from './copy-database.ts';
import { templateName } from './template.ts';

/** A database of its own for one test file. */
export interface TestDatabase {
  url: string;
  /** Removes it, ending connections that are still open. */
  drop(): Promise<void>;
}

/** Creates a database as a copy of `template`, in the cluster of this test run. */
export async function createDatabase(template = templateName): Promise<TestDatabase> {
  const cluster = inject('clusterUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await copyDatabase(cluster, name, template);
  return { url: databaseUrl(cluster, name), drop: () => execute(cluster, `DROP DATABASE "${name}" WITH (FORCE)`) };
}
