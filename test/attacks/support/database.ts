import pg from 'pg';
import { inject } from 'vitest';
import { NO_TENANT } from '../../../src/storage/database.ts';
import { databaseUrl } from '../../support/copy-database.ts';
import type { Hub } from '../../support/hub.ts';

/** The database of that hub, as its owner may open it. */
export async function databaseOf(hub: Hub): Promise<string> {
  const [row] = await hub.running.database.session(NO_TENANT, (session) =>
    session.ask<{ name: string }>({ text: 'select current_database() as name', values: [] }),
  );
  return databaseUrl(inject('clusterUrl'), row!.name);
}

/** A connection beside the hub's own that can end these; close it after use. */
export async function ownerOf(
  hub: Hub,
): Promise<{ kill(): Promise<number>; ask(sql: string): Promise<unknown[]>; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: await databaseOf(hub) });
  await client.connect();
  return {
    /** Ends every connection of the hub, as an administrator or a failover does. */
    async kill() {
      const { rowCount } = await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      return rowCount ?? 0;
    },
    ask: async (sql) => (await client.query(sql)).rows,
    close: () => client.end(),
  };
}
