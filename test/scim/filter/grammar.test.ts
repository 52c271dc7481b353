import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScimFault } from '../../../src/scim/faults.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { parsePath } from '../../../src/scim/patch/path.ts';
import { broken, filters, paths } from '../../support/scim-grammar.ts';
import { workOf } from './work.ts';

const kinds = fc.constantFrom('User' as const, 'User' as const, 'User' as const, 'Group' as const);

/** What came of it: read, or the keyword of the refusal. Anything but a refusal of the client is thrown on. */
function outcome(act: () => unknown): string {
  try {
    act();
    return 'read';
  } catch (error) {
    if (error instanceof ScimFault && error.status === 400 && error.detail.length < 400) return String(error.scimType);
    throw error;
  }
}

// What a character costs at most: it is passed once, and looked at again by whoever asks for `and`, `or` and a bracket.
const PER_CHARACTER = 5;
const AT_ALL = 40;

/** Reads within the bound, and answers in one of those ways. */
function judge(text: string, act: () => unknown, ways: readonly string[]): string {
  let came = '';
  const work = workOf(() => {
    came = outcome(act);
  });
  expect(ways).toContain(came);
  expect(work).toBeLessThanOrEqual(AT_ALL + PER_CHARACTER * text.length);
  return came;
}

test('H5 35,000 filters of the grammar are read, or refused for what they ask', () => {
  let read = 0;
  fc.assert(
    fc.property(kinds, filters, (kind, text) => {
      if (judge(text, () => parseFilter(kind, text), ['read', 'invalidFilter']) === 'read') read++;
    }),
    { numRuns: 35_000 },
  );
  expect(read).toBeGreaterThan(5_000);
}, 120_000);

test('H5 25,000 paths of the grammar are read, or refused for what they name', () => {
  let read = 0;
  fc.assert(
    fc.property(kinds, paths, (kind, text) => {
      if (judge(text, () => parsePath(kind, text), ['read', 'invalidPath', 'invalidFilter']) === 'read') read++;
    }),
    { numRuns: 25_000 },
  );
  expect(read).toBeGreaterThan(10_000);
}, 120_000);

test('H5 25,000 broken filters are read or refused, and nothing else', () => {
  fc.assert(
    fc.property(kinds, broken(filters), (kind, text) => {
      judge(text, () => parseFilter(kind, text), ['read', 'invalidFilter']);
    }),
    { numRuns: 25_000 },
  );
}, 120_000);

test('H5 20,000 broken paths are read or refused, and nothing else', () => {
  fc.assert(
    fc.property(kinds, broken(paths), (kind, text) => {
      judge(text, () => parsePath(kind, text), ['read', 'invalidPath']);
    }),
    { numRuns: 20_000 },
  );
}, 120_000);

test.each([
  '(',
  'not (',
  'emails[',
  '[',
  '"',
  '\\',
  ' ',
  'a',
  'a.',
  'urn:',
  ':',
  'title pr and ',
  'title pr or not (title pr) and ',
  'emails[type eq "work"] or ',
  'title eq "',
  'title eq "\\',
  'title eq "\\\\" or ',
  '(title pr) or ',
  '1',
  '-',
  'emails[type pr and ',
])('the longest text made of %j costs no more for each character than a short one', (piece) => {
  const longest = piece.repeat(Math.floor(4096 / piece.length));
  judge(longest, () => parseFilter('User', longest), ['read', 'invalidFilter']);
  judge(longest, () => parsePath('User', longest), ['read', 'invalidPath']);
  const inside = `emails[${longest.slice(0, 4000)}].value`;
  judge(inside, () => parsePath('User', inside), ['read', 'invalidPath']);
});
