import { expect, test } from 'vitest';
import { openQueue } from '../../src/work/queue.ts';

function watched(fails: () => boolean = () => false) {
  const written: number[][] = [];
  let dropped = 0;
  const queue = openQueue<number>({
    async write(items) {
      await Promise.resolve();
      if (fails()) throw new Error('away');
      written.push(items);
    },
    onDropped: (count) => {
      dropped += count;
    },
    sizeOf: (item) => item,
  });
  return { queue, written, dropped: () => dropped };
}

test('what was added is written in order by the time the queue has stopped', async () => {
  const { queue, written, dropped } = watched();
  for (let item = 0; item < 1_200; item++) queue.add(item);
  await queue.stop();
  expect(written.flat()).toEqual(Array.from({ length: 1_200 }, (_, item) => item));
  expect([queue.length(), dropped()]).toEqual([0, 0]);
});

test('a batch that could not be written is written again before what came later', async () => {
  let failures = 2;
  const { queue, written } = watched(() => failures-- > 0);
  for (let item = 0; item < 600; item++) queue.add(item);
  await expect.poll(() => written.flat().length, { timeout: 10_000 }).toBe(600);
  expect(written.flat()).toEqual(Array.from({ length: 600 }, (_, item) => item));
});

test('what finds no room is dropped and counted, by number and by size', async () => {
  const { queue, dropped } = watched(() => true);
  for (let item = 0; item < 12_000; item++) queue.add(0);
  expect(dropped()).toBe(12_000 - queue.length());
  expect(queue.length()).toBeLessThanOrEqual(10_500);
  const large = watched(() => true);
  for (let item = 0; item < 3; item++) large.queue.add(30 * 1024 * 1024);
  expect(large.dropped()).toBe(1);
});

test('what cannot be written when the queue stops is counted as dropped', async () => {
  const { queue, dropped } = watched(() => true);
  for (let item = 0; item < 700; item++) queue.add(item);
  await queue.stop();
  expect([queue.length(), dropped()]).toEqual([0, 700]);
});
