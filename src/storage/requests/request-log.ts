import type { Change } from '../../domain/event.ts';
import { isConnectionTest } from '../../domain/requests/connection-test.ts';
import { isSkip, type Reason } from '../../domain/requests/reasons.ts';
import type { LoggedRequest, RequestLog } from '../../domain/requests/request-log.ts';
import { type Outcome, runsAfter, type SyncRun, type Worked } from '../../domain/requests/sync-run.ts';
import { type Database, type Session, type Statement } from '../database.ts';
import { watchNext } from '../notices/health-statements.ts';
import { allTenants } from '../tenants.ts';
import { forgetRequests, insertRequests, outcomesOf, requestRows } from './request-statements.ts';
import { latestRun, lockRuns, putRun, runValues } from './sync-run-statements.ts';

/** The log may lose its last moment anyway; its commits do not wait for the disk, and do not make others wait. */
const withoutWaiting: Statement = {
  name: 'commit-without-waiting',
  text: `select set_config('synchronous_commit', 'off', true)`,
};

/** The provisioning log on PostgreSQL. */
export const requestLog = (database: Database): RequestLog => ({
  keep: (tenantId, rows) =>
    database.transaction(tenantId, async (session) => {
      await session.run(withoutWaiting, []);
      const added = await session.run<{ id: string }>(insertRequests, [tenantId, requestRows(rows)]);
      const ids = new Set(added.map(({ id }) => id));
      const isNew = rows.filter(({ id, rehearsedIn }) => ids.has(id) && rehearsedIn === null);
      const outcomes = await readOutcomes(session, tenantId, isNew);
      // In one order, so that hubs that wait for each other do not do so in a circle.
      const directories = [...Map.groupBy(isNew, (row) => row.directoryId)].sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [directoryId, own] of directories) await count(session, tenantId, directoryId, own, outcomes);
    }),
  tenants: () => allTenants(database),
  forget: (tenantId, before) =>
    database.session(
      tenantId,
      async (session) => (await session.run(forgetRequests, [tenantId, oldestId(before)])).length,
    ),
});

/** What came of a command; `refusal` is what its refusal tells. */
type Done = { outcome: Outcome; refusal: Change[] | null };
type Outcomes = ReadonlyMap<string, Done>;

async function readOutcomes(session: Session, tenantId: string, rows: readonly LoggedRequest[]): Promise<Outcomes> {
  const transactions = rows.flatMap(({ done }) => done.filter((transaction) => transaction !== null));
  if (transactions.length === 0) return new Map();
  const found = await session.run<Done & { transaction: string }>(outcomesOf, [tenantId, transactions]);
  return new Map(found.map((done) => [done.transaction, done]));
}

async function count(
  session: Session,
  tenantId: string,
  directoryId: string,
  rows: readonly LoggedRequest[],
  outcomes: Outcomes,
): Promise<void> {
  await session.run(lockRuns, [directoryId]);
  const [latest] = await session.run<SyncRun & { hasWritten: boolean }>(latestRun, [tenantId, directoryId]);
  const worked = rows.map((row) => workedIn(row, outcomes));
  for (const run of runsAfter(latest ?? null, latest?.hasWritten ?? false, worked))
    await session.run(putRun, [tenantId, directoryId, ...runValues(run)]);
  const tests = rows.filter(isConnectionTest).map(({ at }) => at);
  await session.run(watchNext, [tenantId, directoryId, tests.sort().at(-1) ?? null]);
}

/** A request that failed without a refusal, such as for want of the database, has failed all the same. */
function workedIn(row: LoggedRequest, known: Outcomes): Worked {
  const outcomes: Outcome[] = [];
  const reasons: Reason[] = [];
  for (const transaction of row.done) {
    const done = transaction === null ? null : known.get(transaction);
    if (done?.outcome === 'failed') reasons.push(reasonOf(row, done.refusal));
    else outcomes.push(transaction === null ? 'skipped' : (done?.outcome ?? 'updated'));
  }
  if (row.status >= 400 && reasons.length === 0) reasons.push(reasonOf(row, null));
  outcomes.push(...reasons.map((reason): Outcome => (isSkip(reason) ? 'skipped' : 'failed')));
  return { at: row.at, outcomes, reasons };
}

function reasonOf({ status, scimType }: LoggedRequest, refusal: Change[] | null): Reason {
  const told = (key: string) => refusal?.find((change) => change.key === key)?.to;
  const path = told('path');
  return {
    status: status >= 400 ? status : null,
    scimType,
    code: String(told('code') ?? scimType ?? status),
    attribute: Array.isArray(path) && path.length > 0 ? path.join('.') : null,
  };
}

/** The first id that a row made at that moment can have (RFC 9562 §5.7). */
function oldestId(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
