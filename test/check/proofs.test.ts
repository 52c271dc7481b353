import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { unknownAttacks, withAttacks } from '../proofs/attack-table.ts';
import { missing, proofs, unknown } from '../proofs/proofs.ts';
import { stillMissing } from '../proofs/rows.ts';
import { attacksOf, rowsOf } from '../proofs/titles.ts';

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

test('the page about attacks names the tests that there are (npm run attacks)', () => {
  const page = readFileSync('docs/attacks.md', 'utf8');
  expect(withAttacks(page)).toBe(page);
});

test('no title names an attack that there is not', () => {
  expect(unknownAttacks()).toEqual([]);
});

test('a low A is an attack, except where what Entra sends is tested', () => {
  expect(attacksOf({ file: 'test/attacks/secrets.test.ts', title: 'A13 A53 they are hidden' })).toEqual(['A13', 'A53']);
  expect(attacksOf({ file: 'test/http/oauth/federation.test.ts', title: 'A15 A19 a token' })).toEqual(['A19']);
});
