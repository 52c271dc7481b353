import { realpath } from 'node:fs/promises';
import pg from 'pg';

/** Whether a server answers: it does, it does not yet, or something else than our cluster listens there. */
export type Answer = 'ready' | 'not-yet' | 'stranger';

/** Asks by a real connection whether the server behind `url` serves `cluster`; throws if it refuses the password. */
export async function probe(url: string, cluster: string): Promise<Answer> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  // A server that goes away in between is an answer, not a crash of the hub.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
    // A copy of a data folder has the same password and port file: only the folder tells the two apart.
    const folder = await realpath(rows[0]!.folder).catch(() => undefined);
    return folder === cluster ? 'ready' : 'stranger';
  } catch (error) {
    if ((error as { code?: string }).code === INVALID_PASSWORD)
      throw new Error(`The database in ${cluster} refuses the password kept beside it.`, { cause: error });
    return 'not-yet';
  } finally {
    await client.end().catch(() => undefined);
  }
}

const INVALID_PASSWORD = '28P01';
