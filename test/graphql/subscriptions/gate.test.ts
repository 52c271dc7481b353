import { expect, test } from 'vitest';
import { gate } from '../../../src/graphql/subscriptions/gate.ts';

test('never more than so many run at once, in their order, and a failure lets the next one in', async () => {
  const inTurn = gate(2);
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const work = (index: number) => async () => {
    begun.push(index);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    if (index % 3 === 0) throw new Error('failed');
    return index;
  };
  const ended = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => inTurn(work(index))));
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
  expect(most).toBe(2);
  expect(begun).toEqual(Array.from({ length: 10 }, (_, index) => index));
});
