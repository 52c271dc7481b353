import { newId } from '../../domain/ids.ts';
import type {
  Attempt,
  DueDelivery,
  Endpoint,
  LeasedWebhook,
  WebhookQueue,
} from '../../domain/webhooks/webhook-queue.ts';
import { type Database, NO_TENANT, type Session } from '../database.ts';
import { sending } from '../outbox/outbox-statements.ts';
import {
  countWaiting,
  dueDeliveries,
  forgetSettled,
  insertDeliveries,
  keepWebhook,
  leaseWebhooks,
  logAfter,
  moveCursor,
  noteArrival,
  releaseWebhook,
  settleDeliveries,
} from './queue-statements.ts';

/** Rows of the log that are read at once. */
const PAGE = 500;
/** With so many waiting the log is read no further: it keeps what comes. */
const MOST_WAITING = 10_000;

/** Endpoints of every tenant, for the worker; rows are written under their own tenant. */
export const webhookQueue = (database: Database): WebhookQueue => ({
  lease: (count) =>
    database.transaction(NO_TENANT, async (session) => {
      await session.run(sending, []);
      return session.run<LeasedWebhook>(leaseWebhooks, [count, newId()]);
    }),
  advance: (taken) =>
    database.transaction(taken.tenantId, async (session) => {
      const [kept] = await session.run<Kept>(keepWebhook, own(taken));
      if (!kept) return null;
      const isBehind = await readOn(session, taken, kept);
      const { url, salt, oldSalt } = kept;
      return { url, salt, oldSalt, isBehind };
    }),
  due: ({ tenantId, id }, count) =>
    database.session(tenantId, (session) => session.run<DueDelivery>(dueDeliveries, [tenantId, id, count])),
  settle: (taken, attempts) =>
    database.transaction(taken.tenantId, async (session) => {
      await session.run(settleDeliveries, [taken.tenantId, taken.id, ...columnsOf(attempts)]);
      const arrived = attempts.some(({ delivered }) => delivered);
      const [noted] = await session.run<{ failsLong: boolean }>(noteArrival, [...own(taken), arrived]);
      return noted?.failsLong ?? false;
    }),
  release: (taken) =>
    database.session(taken.tenantId, async (session) => {
      await session.run(forgetSettled, [taken.tenantId, taken.id]);
      await session.run(releaseWebhook, own(taken));
    }),
});

type Kept = Omit<Endpoint, 'isBehind'> & { names: string[] | null; xact: string; seq: string };
type LogRow = { xact: string; seq: string; name: string; subjectId: string };

const own = ({ tenantId, id, lease }: LeasedWebhook): unknown[] => [tenantId, id, lease];

/** The endpoint's row is locked, so that nobody moves its cursor meanwhile. True where there is more to read. */
async function readOn(session: Session, { tenantId, id }: LeasedWebhook, { names, xact, seq }: Kept): Promise<boolean> {
  const [waiting] = await session.run<{ count: number }>(countWaiting, [tenantId, id, MOST_WAITING]);
  if (waiting!.count >= MOST_WAITING) return false;
  const rows = await session.run<LogRow>(logAfter, [tenantId, xact, seq, PAGE]);
  const last = rows.at(-1);
  if (!last) return false;
  const wanted = names ? rows.filter(({ name }) => names.includes(name)) : rows;
  if (wanted.length > 0) {
    const places = [wanted.map((row) => row.xact), wanted.map((row) => row.seq)];
    const subjects = wanted.map(({ subjectId }) => subjectId);
    await session.run(insertDeliveries, [tenantId, id, wanted.map(() => newId()), ...places, subjects]);
  }
  await session.run(moveCursor, [tenantId, id, last.xact, last.seq]);
  return rows.length === PAGE;
}

const columnsOf = (attempts: readonly Attempt[]): unknown[] => [
  attempts.map(({ id }) => id),
  attempts.map((one) => one.attempts),
  attempts.map(({ delivered }) => delivered),
  attempts.map(({ status }) => status),
  attempts.map(({ error }) => error),
  attempts.map(({ againInSeconds }) => againInSeconds),
];
