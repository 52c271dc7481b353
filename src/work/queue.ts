/** What waits to be written, and how much of it may. */
export type QueueParts<Item> = {
  /** Writes items; after a failure they are given again. */
  write(items: Item[]): Promise<void>;
  /** Told how many items were given up. */
  onDropped(count: number): void;
  sizeOf(item: Item): number;
};

/** Items on their way to be written, off the path of whoever adds them. */
export type Queue<Item> = {
  /** Never waits and never fails; where there is no room left, the item is dropped. */
  add(item: Item): void;
  length(): number;
  /** Writes what is there, or gives it up when that fails. */
  stop(): Promise<void>;
};

/** Longest time from an item to its writing, in ms: what a crash may lose. */
const PAUSE_MS = 250;
const MOST_ITEMS = 10_000;
const MOST_BYTES = 64 * 1024 * 1024;
/** So many at once that a statement is worth it, and so few that preparing them holds nobody up. */
const AT_ONCE = 500;
/** How long one batch is tried again while the database is away, in ms. */
const PATIENCE_MS = 60_000;

/** A queue in memory that writes in batches, one at a time. */
export function openQueue<Item>({ write, onDropped, sizeOf }: QueueParts<Item>): Queue<Item> {
  const waiting: Item[] = [];
  let bytes = 0;
  let batch: Item[] = [];
  let failingSince: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;

  const arm = () => {
    timer ??= setTimeout(() => {
      timer = null;
      flush();
    }, PAUSE_MS).unref();
  };
  const give = (): void => {
    onDropped(batch.length);
    release();
  };
  const release = (): void => {
    for (const item of batch) bytes -= sizeOf(item);
    batch = [];
    failingSince = null;
  };
  const drain = async (isLast: boolean): Promise<void> => {
    while (waiting.length + batch.length > 0) {
      if (batch.length === 0) batch = waiting.splice(0, AT_ONCE);
      try {
        await write(batch);
        release();
      } catch {
        failingSince ??= Date.now();
        if (isLast || Date.now() - failingSince > PATIENCE_MS) give();
        if (!isLast) return;
      }
    }
  };
  const flush = (isLast = false): Promise<void> => {
    running ??= drain(isLast).finally(() => {
      running = null;
      if (waiting.length + batch.length > 0) arm();
    });
    return running;
  };
  return {
    add(item) {
      const size = sizeOf(item);
      if (waiting.length >= MOST_ITEMS || bytes + size > MOST_BYTES) return onDropped(1);
      waiting.push(item);
      bytes += size;
      if (waiting.length >= AT_ONCE) void flush();
      else arm();
    },
    length: () => waiting.length + batch.length,
    async stop() {
      await running;
      await flush(true);
      if (timer) clearTimeout(timer);
    },
  };
}
