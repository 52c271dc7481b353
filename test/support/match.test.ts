import { describe, expect, test } from 'vitest';
import { type Json, matches } from './match.ts';

describe('matches', () => {
  test.each<[string, Json, Json | undefined]>([
    ['equal values', 'a', 'a'],
    ['an object with more members', { a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }],
    ['a list in another order', [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1, b: 1 }]],
    ['a list where the first choice would block the second', [{}, { a: 1 }], [{ a: 1 }, { a: 2 }]],
    ['$match', { $match: '^W/' }, 'W/"1"'],
    ['$absent', { a: { $absent: true } }, {}],
    ['$any', { $any: true }, false],
    ['$date', { $date: true }, '2026-01-02T03:04:05.678Z'],
    ['$count', { $count: 2 }, [1, 2]],
    ['$empty', { $empty: true }, { a: null, b: '', c: [] }],
    ['$contains', { $contains: [{ a: 1 }] }, [{ a: 2 }, { a: 1 }]],
    ['$without', { $without: { a: 1 } }, [{ a: 2 }]],
    ['$without and no list', { $without: { a: 1 } }, undefined],
  ])('accepts %s', (_, expected, actual) => {
    expect(matches(expected, actual)).toEqual([]);
  });

  test.each<[string, Json, Json | undefined, string]>([
    ['another type', true, 'true', 'value: expected true, got "true"'],
    ['a missing member', { a: 1 }, {}, 'a: expected 1, got nothing'],
    ['a deep difference by its path', { a: { b: 1 } }, { a: { b: 2 } }, 'a.b: expected 1, got 2'],
    ['a list for an object', { a: 1 }, [], 'value: expected {"a":1}, got []'],
    ['a list of another length', [1], [1, 1], 'value: expected [1], got [1,1]'],
    ['an element used twice', [1, 1], [1, 2], 'value: nothing like 1 in [1,2]'],
    ['$match on a number', { $match: '1' }, 1, 'value: expected {"$match":"1"}, got 1'],
    ['$absent with null', { $absent: true }, null, 'value: expected {"$absent":true}, got null'],
    ['$any with null', { $any: true }, null, 'value: expected {"$any":true}, got null'],
    [
      '$date without a time zone',
      { $date: true },
      '2026-01-02T03:04:05',
      'value: expected {"$date":true}, got "2026-01-02T03:04:05"',
    ],
    ['$count', { $count: 1 }, [], 'value: expected {"$count":1}, got []'],
    ['$empty', { $empty: true }, [0], 'value: expected {"$empty":true}, got [0]'],
    ['$contains', { $contains: [1] }, [2], 'value: expected {"$contains":[1]}, got [2]'],
    ['$without', { $without: { a: 1 } }, [{ a: 1 }], 'value: expected {"$without":{"a":1}}, got [{"a":1}]'],
  ])('reports %s', (_, expected, actual, difference) => {
    expect(matches(expected, actual)).toEqual([difference]);
  });
});
