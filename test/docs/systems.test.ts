import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rows } from '../proofs/rows.ts';
import { systems, withTables } from './systems.ts';

const page = readFileSync('docs/presets.md', 'utf8');

/** What stands under that heading. */
const sectionOf = (heading: string): string => {
  const [, rest] = page.split(`\n## ${heading}\n`);
  expect(rest, `a section "${heading}"`).toBeDefined();
  return rest!.split('\n## ')[0]!;
};

test('the tables of switches are those of the presets, and the mappings those of the stories (npm run presets)', () => {
  expect(withTables(page)).toBe(page);
});

test.each(systems)('the page about %s has its switches and names the command that plays it', (heading, preset) => {
  const section = sectionOf(heading);
  expect(section).toContain('\n| switch |');
  expect(section.includes('\n| in Entra |')).toBe(preset !== 'ENTRA_STANDARD');
  expect(section).toContain(`npm run entra -- --preset ${preset} `);
});

test('the page tells of every row of the four systems, and of no row that there is not', () => {
  const named = new Set(page.match(/\b(?:DS|SE|DY|S)\d+\b/g));
  const expected = Object.keys(rows).filter((id) => !id.startsWith('C'));
  expect(expected.filter((id) => !named.has(id))).toEqual([]);
  expect([...named].filter((id) => !Object.hasOwn(rows, id))).toEqual([]);
});
