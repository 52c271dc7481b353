import pg from 'pg';
import { openOrm } from './orm.ts';
import { MIGRATOR_ROLE } from './roles.ts';

/** Any number; the same for every hub that starts on one database. */
const START_LOCK = 7_265_512;

/** The URL with which the migrator's connections act as its role. */
const asMigrator = (url: string): string => {
  const changed = new URL(url);
  changed.searchParams.set('options', `-c role=${MIGRATOR_ROLE} -c lock_timeout=10000`);
  return changed.href;
};

/** Brings the schema up to date and returns its version. Hubs that start together wait for each other. */
export async function migrate(url: string): Promise<string> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [START_LOCK]);
    const orm = await openOrm(asMigrator(url));
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
