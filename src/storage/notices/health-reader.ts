import type { Coverage, HealthReader, HealthRow } from '../../domain/health/directory-health.ts';
import type { DueDirectories } from '../../domain/health/health-store.ts';
import { type Database, NO_TENANT, type Statement } from '../database.ts';
import { coverageOfDirectories, dueDirectories as due, healthOfDirectories } from './health-statements.ts';

/** How directories fare, as rooms show it. */
export const healthReader = (database: Database): HealthReader => ({
  ofDirectories: (tenantId, ids) =>
    database.session(tenantId, (session) => session.run<HealthRow>(healthOfDirectories, [tenantId, ids])),
  coverage: (tenantId, ids) =>
    database.session(tenantId, (session) => session.run<Coverage>(coverageOfDirectories, [tenantId, ids])),
});

const sweeping: Statement = { name: 'name-sweep', text: `select set_config('app.sweep', 'on', true)` };

/** The wall lets the names of directories that are watched through, for as long as the transaction. */
export const dueDirectories = (database: Database): DueDirectories => ({
  due: (limit) =>
    database.transaction(NO_TENANT, async (session) => {
      await session.run(sweeping, []);
      return session.run<{ tenantId: string; directoryId: string }>(due, [limit]);
    }),
});
