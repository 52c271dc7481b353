import pg from 'pg';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { APP_ROLE, ensureRoles } from './roles.ts';

/** The oldest server whose collations and functions the statements rely on. */
const OLDEST_MAJOR = 17;

/** Prepares the database at that URL, with roles and schema, and opens it. Returns the schema's version as well. */
export async function openDatabase(url: string): Promise<{ database: Database; schema: string }> {
  await demandVersion(url);
  await ensureRoles(url);
  const schema = await migrate(url);
  return { database: new Database(url, APP_ROLE), schema };
}

/** Makes a database of that name on the embedded server, unless it is there; returns its URL. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function demandVersion(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect().catch((error: Error) => {
    throw new Error(`The database cannot be reached: ${error.message}.`, { cause: error });
  });
  try {
    const { rows } = await client.query(`select current_setting('server_version_num')::int / 10000 as major`);
    if (rows[0].major < OLDEST_MAJOR) {
      throw new Error(`PostgreSQL ${rows[0].major} is too old: Rollcall needs ${OLDEST_MAJOR} or newer.`);
    }
  } finally {
    await client.end();
  }
}
