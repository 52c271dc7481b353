import type { HealthRow } from '../../domain/health/directory-health.ts';
import type { EndedRun, Expiring, HealthStore } from '../../domain/health/health-store.ts';
import type { Session } from '../database.ts';
import { eventValues } from '../events/event-statement.ts';
import { lockRuns } from '../requests/sync-run-statements.ts';
import {
  completeRun,
  endedRuns,
  expiringSecrets,
  healthOfDirectories,
  lookAgain,
  nextEnd,
  refuseDirectory,
  refuseDirectoryLoudly,
  takeDirectory,
} from './health-statements.ts';

/** How directories of one tenant fare, through one session. */
export const healthStore = (session: Session, tenantId: string): HealthStore => ({
  async take(directoryId) {
    // First what counting takes first, so that the two never wait for each other in a circle.
    await session.run(lockRuns, [directoryId]);
    if ((await session.run(takeDirectory, [tenantId, directoryId])).length === 0) return null;
    const [row] = await session.run<HealthRow>(healthOfDirectories, [tenantId, [directoryId]]);
    return row ?? null;
  },
  endedRuns: (directoryId) => session.run<EndedRun>(endedRuns, [tenantId, directoryId]),
  async completeRun(id, event) {
    await session.run(completeRun, [tenantId, id, ...eventValues(event)]);
  },
  async nextEnd(directoryId) {
    return (await session.run<{ at: string | null }>(nextEnd, [tenantId, directoryId]))[0]!.at;
  },
  expiring: (directoryId) => session.run<Expiring>(expiringSecrets, [tenantId, directoryId]),
  async lookAgain(directoryId, at) {
    await session.run(lookAgain, [tenantId, directoryId, at]);
  },
  async refuse(directoryId, why, event) {
    const values = [tenantId, directoryId, why];
    if (event) await session.run(refuseDirectoryLoudly, [...values, ...eventValues(event)]);
    else await session.run(refuseDirectory, values);
  },
});
