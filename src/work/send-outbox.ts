import { setTimeout as pause } from 'node:timers/promises';
import { type LeasedItem, type OutboxQueue, type Sender, Undeliverable } from '../domain/outbox/outbox-queue.ts';

/** What sends each kind, and where failures are told. */
export type OutboxParts = {
  queue: OutboxQueue;
  senders: Readonly<Record<string, Sender>>;
  log(line: string): void;
};

/** Time between two looks, in ms: about the longest that a new row waits. */
const PAUSE_MS = 500;
/** How many are sent at once. */
const AT_ONCE = 10;
/** Time after which a row that is still being sent is kept for longer, in ms: well within its lease. */
const EXTEND_MS = 20_000;
/** How long a stop waits for what is being sent, in ms; what takes longer is sent again when its lease ends. */
const STOP_MS = 5_000;
const LONGEST_WAIT_S = 3_600;

/** Sends what waits in the outbox, beside other hubs on the same database; returns what ends it, after what is under way. */
export function sendOutbox({ queue, senders, log }: OutboxParts): () => Promise<void> {
  const busy = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let looking = Promise.resolve();
  let isFailing = false;
  let isOver = false;

  const look = async (): Promise<void> => {
    const free = AT_ONCE - busy.size;
    for (const item of free > 0 ? await queue.lease(free) : []) {
      const sending: Promise<void> = deliver(item).finally(() => busy.delete(sending));
      busy.add(sending);
    }
  };
  const deliver = async (item: LeasedItem): Promise<void> => {
    const keep = setInterval(() => void queue.extend(item).catch(() => {}), EXTEND_MS).unref();
    try {
      await settle(item);
    } catch (error) {
      // Its lease ends by itself, and it is sent again.
      log(`work send-outbox ${item.kind} ${item.id} ${error}`);
    } finally {
      clearInterval(keep);
    }
  };
  const settle = async (item: LeasedItem): Promise<void> => {
    try {
      await senderOf(item)(item);
    } catch (error) {
      const again = waitAfter(item.attempts);
      const failure = { reason: reasonOf(error), againInSeconds: again, final: error instanceof Undeliverable };
      log(`work send-outbox ${item.kind} ${item.id} attempt ${item.attempts}: ${failure.reason}`);
      return queue.failed(item, failure);
    }
    await queue.sent(item);
  };
  /** A newer hub beside this one may know more kinds: the row is put back for it. */
  const senderOf = ({ kind }: LeasedItem): Sender => {
    if (Object.hasOwn(senders, kind)) return senders[kind]!;
    throw new Error(`nothing here sends ${kind}`);
  };
  /** A database that stays away is told of once. */
  const tell = (error: unknown): void => {
    if (error !== null && !isFailing) log(`work send-outbox ${error}`);
    isFailing = error !== null;
  };
  const arm = (): void => {
    if (isOver) return;
    timer = setTimeout(() => {
      looking = look()
        .then(() => tell(null), tell)
        .finally(arm);
    }, PAUSE_MS).unref();
  };
  arm();
  return async () => {
    isOver = true;
    if (timer) clearTimeout(timer);
    await looking;
    const patience = new AbortController();
    const enough = pause(STOP_MS, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([Promise.all(busy), enough]);
    patience.abort();
  };
}

/** Seconds until the next attempt: 2, 4, 8 … to an hour, each more or less by half so that rows do not come in step. */
export const waitAfter = (attempts: number): number => Math.min(2 ** attempts, LONGEST_WAIT_S) * (0.5 + Math.random());

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);
