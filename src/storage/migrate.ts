import pg from 'pg';
import { openOrm } from './orm.ts';
import { MIGRATOR_ROLE } from './roles.ts';

/** Any number; the same for every hub that starts on one database. */
const START_LOCK = 7_265_512;

/** The migrator's sessions act as its role, and give up rather than queue in front of a busy table. */
const SETTINGS = `-c role=${MIGRATOR_ROLE} -c lock_timeout=10000`;

/** Brings the schema up to date and returns its version. Hubs that start together wait for each other. */
export async function migrate(url: string): Promise<string> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [START_LOCK]);
    const orm = await openOrm(url, SETTINGS);
    try {
      await orm.migrator.up();
      return (await orm.migrator.getExecuted()).at(-1)!.name;
    } finally {
      await orm.close(true);
    }
  } finally {
    await lock.end();
  }
}
