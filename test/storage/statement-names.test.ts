import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const NAMED = /name: '([\w-]+)',\s*text:\s*(`[^`]*`|'[^']*'|"[^"]*")/g;

test('no two statements have the same name: a connection that has prepared one refuses the other', () => {
  const texts = new Map<string, Set<string>>();
  for (const file of globSync('src/storage/**/*.ts'))
    for (const [, name, text] of readFileSync(file, 'utf8').matchAll(NAMED))
      texts.set(name!, (texts.get(name!) ?? new Set()).add(text!));
  expect(texts.size).toBeGreaterThan(100);
  expect([...texts].filter(([, written]) => written.size > 1).map(([name]) => name)).toEqual([]);
});
