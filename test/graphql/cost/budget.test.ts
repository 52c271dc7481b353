import { expect, test } from 'vitest';
import type { Actor } from '../../../src/domain/actor.ts';
import { Budget } from '../../../src/graphql/cost/budget.ts';
import { costHeaders } from '../../../src/graphql/cost/say-cost.ts';

const caller = (id: string, tenantId = 'a'): Actor => ({
  kind: 'key',
  tenantId,
  id,
  label: id,
  scopes: new Set(),
  directoryId: null,
});

const at = (start = 0) => {
  const clock = { ms: start };
  return { clock, budget: new Budget(1_000, () => clock.ms) };
};

test('a bucket holds what twenty seconds restore, and is drawn down', () => {
  const { budget } = at();
  expect(budget.draw(caller('k'), 8_000)).toEqual({
    available: 12_000,
    capacity: 20_000,
    restoreRate: 1_000,
    waitSeconds: 0,
  });
  expect(budget.draw(caller('k'), 8_000).available).toBe(4_000);
});

test('what it does not hold is refused, draws nothing, and is there after the seconds it says', () => {
  const { clock, budget } = at();
  budget.draw(caller('k'), 18_000);
  const refused = budget.draw(caller('k'), 5_000);
  expect(refused).toMatchObject({ available: 2_000, waitSeconds: 3 });
  clock.ms += 3_000;
  expect(budget.draw(caller('k'), 5_000)).toMatchObject({ available: 0, waitSeconds: 0 });
});

test('it never holds more than its capacity', () => {
  const { clock, budget } = at();
  budget.draw(caller('k'), 100);
  clock.ms += 3_600_000;
  expect(budget.draw(caller('k'), 1).available).toBe(19_999);
});

test('callers, and callers of the same name of two tenants, have a bucket each; one who acts for people has one', () => {
  const { budget } = at();
  budget.draw(caller('k'), 20_000);
  expect(budget.draw(caller('l'), 1).waitSeconds).toBe(0);
  expect(budget.draw(caller('k', 'b'), 1).waitSeconds).toBe(0);
  const acting = { ...caller('k'), person: { id: 'p', userName: 'p' } };
  expect(budget.draw(acting, 1).waitSeconds).toBeGreaterThan(0);
});

test('where little is restored, one request of the highest cost still fits', () => {
  const budget = new Budget(1, () => 0);
  expect(budget.draw(caller('k'), 10_000).waitSeconds).toBe(0);
});

test('the headers tell the quota, what is left, and when it is whole again', () => {
  const { budget } = at();
  expect(costHeaders(budget.draw(caller('k'), 1_500))).toEqual([
    ['ratelimit-policy', '"points";q=20000;w=20'],
    ['ratelimit', '"points";r=18500;t=2'],
  ]);
});
