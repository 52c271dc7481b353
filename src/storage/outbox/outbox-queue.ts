import { newId } from '../../domain/ids.ts';
import type { LeasedItem, OutboxCount, OutboxQueue } from '../../domain/outbox/outbox-queue.ts';
import { type Database, NO_TENANT, type Session } from '../database.ts';
import { countOutbox, deleteSent, emptySent, extendLease, leaseDue, putBack, sending } from './outbox-statements.ts';

/** The outbox of every tenant, for the worker; rows are written under their own tenant. */
export function outboxQueue(database: Database): OutboxQueue {
  const across = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
    database.transaction(NO_TENANT, async (session) => {
      await session.run(sending, []);
      return work(session);
    });
  return {
    lease: (count) => across((session) => session.run<LeasedItem>(leaseDue, [count, newId()])),
    count: () => across(async (session) => (await session.run<OutboxCount>(countOutbox, []))[0]!),
    extend: (item) => database.session(item.tenantId, async (own) => void (await own.run(extendLease, taken(item)))),
    sent: (item) =>
      database.transaction(item.tenantId, async (own) => {
        await own.run(deleteSent, taken(item));
        await own.run(emptySent, taken(item));
      }),
    failed: (item, { reason, againInSeconds, final }) =>
      database.session(
        item.tenantId,
        async (own) => void (await own.run(putBack, [...taken(item), reason, againInSeconds, final])),
      ),
  };
}

const taken = ({ tenantId, id, lease }: LeasedItem): unknown[] => [tenantId, id, lease];
