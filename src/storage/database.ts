import pg from 'pg';
import { StaleWrite } from '../domain/errors.ts';

/** A prepared statement: its name is its identity on every connection. */
export type Statement = { name: string; text: string };

/** A question that is asked in many shapes, such as a filter: sent without a name. */
export type Question = { text: string; values: unknown[] };

/** Rows of one tenant through one connection. */
export interface Session {
  run<Row extends pg.QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]>;
  ask<Row extends pg.QueryResultRow>(question: Question): Promise<Row[]>;
}

/** Tenant of statements that belong to none, such as looking up a credential. It owns no row. */
export const NO_TENANT = '00000000-0000-0000-0000-000000000000';

const SET_TENANT: Statement = { name: 'set-tenant', text: `select set_config('app.tenant', $1, false)` };

/**
 * What each connection is set to. Index reads are priced for memory and SSDs: at the default for spinning disks the planner
 * draws statements over lists of ids up anew each time, which costs more than running them.
 */
export const connectionOptions = (role: string): string =>
  [
    `role=${role}`,
    'timezone=UTC',
    'statement_timeout=15000',
    'idle_in_transaction_session_timeout=10000',
    'random_page_cost=1.1',
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ');

/**
 * The pool of the app role. A connection remembers its tenant and is switched only when that changes, so the wall costs
 * no round trip; `#checkout` is the only way to a connection.
 */
export class Database {
  readonly #pool: pg.Pool;
  readonly #tenants = new WeakMap<pg.PoolClient, string>();

  constructor(url: string, role: string) {
    this.#pool = new pg.Pool({
      connectionString: url,
      options: connectionOptions(role),
      max: 10,
      connectionTimeoutMillis: 2_000,
      types: { getTypeParser },
    });
    // A connection that breaks fails the statement under way, if any, and is replaced by the next checkout. Unheard, the
    // error of one that is in use but asks nothing would end the process.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
    this.#pool.on('error', () => {});
  }

  /** Runs statements each in its own transaction. */
  async session<T>(tenantId: string, work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.#checkout(tenantId);
    return settle(client, work(sessionOn(client)));
  }

  /** Runs all statements in one transaction, which ends with the work: committed, or rolled back when it throws. */
  async transaction<T>(tenantId: string, work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.#checkout(tenantId);
    return settle(client, transact(client, work));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #checkout(tenantId: string): Promise<pg.PoolClient> {
    const client = await this.#pool.connect();
    if (this.#tenants.get(client) === tenantId) return client;
    try {
      this.#tenants.delete(client);
      await sessionOn(client).run(SET_TENANT, [tenantId]);
      this.#tenants.set(client, tenantId);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

function sessionOn(client: pg.PoolClient): Session {
  return {
    run: async (statement, values) => (await client.query({ ...statement, values })).rows,
    ask: async (question) => (await client.query(question)).rows,
  };
}

async function transact<T>(client: pg.PoolClient, work: (session: Session) => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work(sessionOn(client));
    await client.query('commit');
    return result;
  } catch (error) {
    // Where the connection is lost there is nothing to roll back; what broke it is worth more than that.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/**
 * Gives the connection back; one that failed in itself, rather than in a statement, is closed. A write that the server
 * undid for the sake of another one is a StaleWrite, to be decided again.
 */
async function settle<T>(client: pg.PoolClient, work: Promise<T>): Promise<T> {
  try {
    const result = await work;
    client.release();
    return result;
  } catch (error) {
    client.release(!(error instanceof pg.DatabaseError) && isConnectionError(error));
    throw isUndone(error) ? new StaleWrite() : error;
  }
}

/** Serialization failure and deadlock. */
const isUndone = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01');

const isConnectionError = (error: unknown): boolean =>
  error instanceof Error && ('errno' in error || /connection|terminated|not queryable/i.test(error.message));

const TIMESTAMPTZ = 1184;

/** Times arrive as ISO 8601 in UTC with milliseconds, as they leave. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === TIMESTAMPTZ && format !== 'binary') return (text: string) => new Date(text).toISOString();
  return pg.types.getTypeParser(oid, format as 'text');
}
