import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rows } from '../proofs/rows.ts';
import { mappingTable, switchTable, systems } from './systems.ts';

const page = readFileSync('docs/presets.md', 'utf8');

/** What stands under that heading. */
const sectionOf = (heading: string): string => {
  const [, rest] = page.split(`\n## ${heading}\n`);
  expect(rest, `a section "${heading}"`).toBeDefined();
  return rest!.split('\n## ')[0]!;
};

describe.each(systems)('the page about %s', (heading, preset) => {
  test('tells the switches as they are', () => {
    expect(sectionOf(heading)).toContain(`\n${switchTable(preset)}\n`);
  });

  test('names the command that plays it', () => {
    expect(sectionOf(heading)).toContain(`npm run entra -- --preset ${preset} `);
  });
});

test.each(systems.slice(1))('the page about %s tells the mapping that its story plays', (heading, preset) => {
  expect(sectionOf(heading)).toContain(`\n${mappingTable(preset)}\n`);
});

test('the page tells of every row of the four systems, and of no row that there is not', () => {
  const named = new Set(page.match(/\b(?:DS|SE|DY|S)\d+\b/g));
  const expected = Object.keys(rows).filter((id) => !id.startsWith('C'));
  expect(expected.filter((id) => !named.has(id))).toEqual([]);
  expect([...named].filter((id) => !Object.hasOwn(rows, id))).toEqual([]);
});
