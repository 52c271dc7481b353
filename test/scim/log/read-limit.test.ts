import { expect, test } from 'vitest';
import { readLimit } from '../../../src/scim/log/read-limit.ts';

test('of successful reads 200 a second are kept, and every write and refusal', () => {
  const isKept = readLimit();
  const ask = (method: string, status: number, at: number) =>
    Array.from({ length: 300 }, () => isKept({ method, status, at })).filter(Boolean).length;
  expect(ask('GET', 200, 1_000)).toBe(200);
  expect(ask('GET', 404, 1_000)).toBe(300);
  expect(ask('PATCH', 200, 1_999)).toBe(300);
  expect(ask('GET', 200, 1_999)).toBe(0);
  expect(ask('GET', 200, 2_000)).toBe(200);
});
