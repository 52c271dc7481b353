import type { Shadows, UnfinishedRehearsal } from '../../domain/rehearsal/shadows.ts';
import { type Database, NO_TENANT, type Session, type Statement } from '../database.ts';
import { copyTenant } from './copy-tenant.ts';
import { emptiedTables } from './tables.ts';

const ROWS = 5_000;

const lock: Statement = {
  name: 'lock-rehearsing',
  text: `select pg_try_advisory_lock(hashtextextended('rehearsal ' || $1, 0)) as mine`,
};

const unlock: Statement = {
  name: 'unlock-rehearsing',
  text: `select pg_advisory_unlock(hashtextextended('rehearsal ' || $1, 0)) as done`,
};

/** The wall then lets shadows and rehearsals through, for as long as the transaction. */
const sweeping: Statement = { name: 'name-shadow-sweep', text: `select set_config('app.sweep', 'shadows', true)` };

const unfinished: Statement = {
  name: 'unfinished-rehearsals',
  text: `
select tenant_id as "tenantId", directory_id as "directoryId" from rehearsals where phase <> 'OPEN' order by started_at`,
};

const orphans: Statement = {
  name: 'orphaned-shadows',
  text: `
select id from tenants t where rehearses is not null and not exists (select from rehearsals r where r.shadow_id = t.id)`,
};

const remove: Statement = {
  name: 'remove-shadow-rows',
  text: 'select remove_shadow_rows($1::regclass, $2) as removed',
};

/** Shadows on PostgreSQL. */
export const shadows = (database: Database): Shadows => {
  const alone = (name: string, work: () => Promise<void>) =>
    database.session(NO_TENANT, async (session) => {
      const [row] = await session.run<{ mine: boolean }>(lock, [name]);
      if (!row!.mine) return false;
      try {
        await work();
        return true;
      } finally {
        await session.run(unlock, [name]);
      }
    });
  const sweep = <Row extends object>(statement: Statement): Promise<Row[]> =>
    database.transaction(NO_TENANT, async (session) => {
      await session.run(sweeping, []);
      return session.run<Row>(statement, []);
    });
  return {
    alone,
    // Kept from who removes shadows, should the rehearsal be discarded meanwhile.
    async fill(tenantId, directoryId, shadowId) {
      await alone(shadowId, () => copyTenant(database, tenantId, directoryId, shadowId));
    },
    unfinished: () => sweep<UnfinishedRehearsal>(unfinished),
    orphans: async () => (await sweep<{ id: string }>(orphans)).map(({ id }) => id),
    async remove(shadowId) {
      await alone(shadowId, () => database.session(shadowId, empty));
    },
  };
};

/** The rows of every table, each after those that refer to it. */
async function empty(session: Session): Promise<void> {
  for (const table of emptiedTables) {
    let removed = ROWS;
    while (removed === ROWS)
      [{ removed }] = (await session.run<{ removed: number }>(remove, [table, ROWS])) as [{ removed: number }];
  }
}
