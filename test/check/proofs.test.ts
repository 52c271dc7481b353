import { expect, test } from 'vitest';
import { missing, proofs, unknown } from '../proofs/proofs.ts';
import { stillMissing } from '../proofs/rows.ts';
import { rowsOf } from '../proofs/titles.ts';

test('every row of seeds.md has a test, but for those that are named as missing', () => {
  expect(missing(proofs())).toEqual(stillMissing);
});

test('no title names a row that there is not', () => {
  expect(unknown()).toEqual([]);
});

test('a C is a row of seeds.md, except where groups of entra.md are tested', () => {
  expect(rowsOf({ file: 'test/scim/policy/allowed.test.ts', title: 'C6 A2 it is refused' })).toEqual(['C6']);
  expect(rowsOf({ file: 'test/scim/patch/patch-group.test.ts', title: 'C11 S9 many values' })).toEqual(['S9']);
});
