import type { RequestLog } from '../domain/requests/request-log.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Removes what the log has kept for that many days, of every tenant, a bounded number of rows at a time. */
export async function forgetRequests(log: RequestLog, days: number, isOver = () => false): Promise<void> {
  const before = new Date(Date.now() - days * DAY_MS);
  for (const tenantId of await log.tenants()) {
    while (!isOver() && (await log.forget(tenantId, before)) > 0);
  }
}

/** Does so now and every hour, beside other hubs on the same database; what fails is done an hour later. Returns what ends it. */
export function forgetHourly(log: RequestLog, days: number, onFailure: (error: unknown) => void): () => Promise<void> {
  let isOver = false;
  let running = Promise.resolve();
  const sweep = () => {
    running = running.then(() => (isOver ? undefined : forgetRequests(log, days, () => isOver))).catch(onFailure);
  };
  sweep();
  const timer = setInterval(sweep, HOUR_MS).unref();
  return async () => {
    isOver = true;
    clearInterval(timer);
    await running;
  };
}
