import { expect, test } from 'vitest';
import type { EventPlace } from '../../src/domain/events/event-reader.ts';
import { watchLogs } from '../../src/work/watch-log.ts';

/** Logs of two tenants, and a count of what was asked. */
function logs() {
  const ends: Record<string, EventPlace | null> = { a: null, b: null };
  const asked = { horizon: 0, newest: 0 };
  let isAway = false;
  const failures: unknown[] = [];
  const head = {
    async horizon() {
      asked.horizon++;
      if (isAway) throw new Error('away');
      return JSON.stringify(ends);
    },
    async newest(tenantId: string) {
      asked.newest++;
      return ends[tenantId]!;
    },
  };
  const watch = watchLogs(head, (error) => failures.push(error));
  const away = (is: boolean) => {
    isAway = is;
  };
  return { watch, ends, asked, failures, away };
}

const place = (seq: number): EventPlace => ({ xact: '9', seq: String(seq) });
const never = new AbortController().signal;

test('a follower hears of growth, and while the horizon stands no log is asked', async () => {
  const { watch, ends, asked } = logs();
  const followed = await watch.follow('a');
  await expect.poll(() => asked.horizon, { timeout: 5_000 }).toBeGreaterThan(3);
  expect(asked.newest).toBe(2);
  ends.a = place(10);
  await followed.growth(never);
  expect(followed.newest).toEqual(place(10));
  followed.leave();
  await watch.stop();
});

test('without followers nothing is asked', async () => {
  const { watch, asked } = logs();
  (await watch.follow('a')).leave();
  await expect.poll(() => asked.horizon, { timeout: 5_000 }).toBeLessThan(2);
  const before = asked.horizon;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(asked.horizon - before).toBeLessThanOrEqual(1);
  await watch.stop();
});

test('an answer is shared until the log grows, and one that failed is not', async () => {
  const { watch, ends } = logs();
  const followed = await watch.follow('a');
  let reads = 0;
  const read = async () => ++reads;
  expect(await followed.shared('x', read)).toBe(1);
  expect(await followed.shared('x', read)).toBe(1);
  await expect(followed.shared('y', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await followed.shared('y', read)).toBe(2);
  ends.a = place(1);
  await followed.growth(never);
  expect(await followed.shared('x', read)).toBe(3);
  followed.leave();
  await watch.stop();
});

test('a database that is away is told of once, and growth meanwhile is heard of afterwards', async () => {
  const { watch, ends, failures, asked, away } = logs();
  const followed = await watch.follow('b');
  away(true);
  ends.b = place(2);
  const before = asked.horizon;
  await expect.poll(() => asked.horizon, { timeout: 5_000 }).toBeGreaterThan(before + 2);
  away(false);
  await followed.growth(never);
  expect(failures).toHaveLength(1);
  followed.leave();
  await watch.stop();
});

test('whoever stops waiting is let go', async () => {
  const { watch } = logs();
  const followed = await watch.follow('a');
  const end = new AbortController();
  const growth = followed.growth(end.signal);
  end.abort();
  await growth;
  await followed.growth(end.signal);
  followed.leave();
  await watch.stop();
});
