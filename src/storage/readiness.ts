import { DEFAULT_TENANT } from '../domain/tenant.ts';
import type { Database, Statement } from './database.ts';

const isApplied: Statement = {
  name: 'is-applied',
  text: 'select exists (select 1 from migrations where name = $1) as applied',
};

/** True when the database answers and knows the schema that this program was started with. */
export async function isReady(database: Database, schema: string): Promise<boolean> {
  const rows = await database.session(DEFAULT_TENANT, (session) =>
    session.run<{ applied: boolean }>(isApplied, [schema]),
  );
  return rows[0]!.applied;
}
