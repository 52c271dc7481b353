import type { Database, Session } from '../src/storage/database.ts';
import { dueDirectories } from '../src/storage/notices/health-reader.ts';
import { outboxQueue } from '../src/storage/outbox/outbox-queue.ts';
import { phoneWatch } from '../src/storage/phones/phone-reader.ts';
import { shadows } from '../src/storage/rehearsal/shadows.ts';
import { seatStore } from '../src/storage/seats/seat-store.ts';
import { sweepStore } from '../src/storage/sweeps/sweep-store.ts';
import type { Company } from './company.ts';
import type { HotStatement } from './hot-statements.ts';

const DAYS_30 = 30 * 86_400;

/** What the hub asks by the clock, as its own stores ask it, for a directory with every deadline there is. */
export async function backgroundStatements({ tenantId, directoryId }: Company): Promise<HotStatement[]> {
  const asked: HotStatement[] = [];
  const session: Session = {
    run: async ({ name, text }, values) => {
      // What tells the wall for whom the next one asks has no plan.
      if (!name.startsWith('name-')) asked.push({ name, text, values });
      return [];
    },
    ask: async () => [],
  };
  const database = {
    session: (_: string, work: (session: Session) => unknown) => work(session),
    transaction: (_: string, work: (session: Session) => unknown) => work(session),
  } as unknown as Database;
  const waits = [{ directoryId, seconds: 300 }];
  const sweeps = sweepStore(session, tenantId);
  await sweeps.due({ gates: waits, losses: waits, removals: [{ directoryId, seconds: DAYS_30 }] }, 100);
  await sweeps.tombstones(DAYS_30, 100);
  const seats = seatStore(session, tenantId, nobody);
  await seats.unseated(100);
  await seats.oldestParked();
  await phoneWatch(database).changed(100);
  await dueDirectories(database).due(100);
  await shadows(database).unfinished();
  await shadows(database).orphans();
  await outboxQueue(database).lease(10);
  return asked;
}

/** No row comes back of which a person would be made. */
function nobody(): never {
  throw new Error('Nobody was asked for.');
}
