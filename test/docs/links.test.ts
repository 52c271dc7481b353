import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const pagesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.md'));
const docs = pagesIn('docs').map((name) => `docs/${name}`);
const decisions = pagesIn('docs/decisions').sort();
const pages = [...pagesIn('.'), ...docs, ...decisions.map((name) => `docs/decisions/${name}`)];

const linksOf = (page: string) => [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);

/** What a heading is called in an address. */
const anchorsOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );

function leadsSomewhere(page: string, link: string): boolean {
  const [path, anchor] = link.split('#');
  const target = path ? join(dirname(page), path) : page;
  return existsSync(target) && (!anchor || anchorsOf(target).includes(anchor));
}

test.each(pages)('every link of %s leads to a page and a heading that there are', (page) => {
  const own = linksOf(page).filter((link) => !/^https?:/.test(link));
  expect(own.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

test('the README leads to every page', () => {
  expect(docs.filter((page) => !linksOf('README.md').some((link) => link.split('#')[0] === page))).toEqual([]);
});

test('every decision has a number of its own and says what was decided, why and what it costs', () => {
  const numbers = decisions.map((name) => Number(name.slice(0, 4)));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const name of decisions) {
    const text = readFileSync(`docs/decisions/${name}`, 'utf8');
    expect(text, name).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))} · `));
    for (const part of ['**Decided.**', '**Why', '**Costs.**']) expect(text, name).toContain(part);
  }
});
