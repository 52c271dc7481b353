import { availableParallelism, cpus } from 'node:os';
import type pg from 'pg';

/** What the figures were taken on. */
export async function machineLine(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string; durable: string }>(
    `select current_setting('server_version') as version,
      format('fsync %s, synchronous_commit %s', current_setting('fsync'), current_setting('synchronous_commit')) as durable`,
  );
  const { version, durable } = rows[0]!;
  const model = cpus()[0]?.model ?? 'unknown';
  return `${availableParallelism()} cores (${model}), Node ${process.version}, PostgreSQL ${version} (${durable})`;
}
