import { expect, test } from 'vitest';
import { pagesOf } from '../../src/storage/pages.ts';
import { endOf } from '../../src/storage/users/text-test.ts';

const slice = { first: 1, after: null, placed: false };

test('rows of several owners become one page for each, in their order', () => {
  const rows = [
    { n: 2, id: 'a' },
    { n: 2, id: 'b' },
    { n: 3, id: 'c' },
  ];
  const pages = pagesOf(rows, 3, slice, 0, 10);
  expect(pages.map((page) => [page.rows.map((row) => row.id), page.hasNext])).toEqual([
    [[], false],
    [['a'], true],
    [['c'], false],
  ]);
});

test('A63 lists of lists that are too long are refused, not cut', () => {
  expect(() => pagesOf([{ n: 1 }, { n: 1 }], 1, slice, 0, 1)).toThrow(/too many rows/);
});

test.each([
  ['a', 'b'],
  ['az', 'a{'],
  ['\ud7ff', '\ue000'],
  ['a\u{10ffff}', 'b'],
  ['\u{10ffff}', null],
  ['', null],
])('the least text after all that begin with %j is %j', (prefix, end) => {
  expect(endOf(prefix)).toBe(end);
});
