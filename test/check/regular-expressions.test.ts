import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseSync } from '@swc/core';
import { expect, test, vi } from 'vitest';

// The checker that is written in JavaScript, so that neither a binary nor a JVM is needed.
vi.stubEnv('RECHECK_SYNC_BACKEND', 'pure');
const { checkSync } = createRequire(import.meta.url)('recheck') as typeof import('recheck');

const SOURCE = new URL('../../src/', import.meta.url);

type Found = { file: string; pattern: string; flags: string };
type Node = { type?: string; pattern?: string; flags?: string; callee?: { value?: string } };

/** Every regular expression of a file, by its syntax tree, and where one is made of a text. */
function expressionsIn(file: string): { literals: Found[]; made: string[] } {
  const literals: Found[] = [];
  const made: string[] = [];
  const open: unknown[] = [
    parseSync(readFileSync(new URL(file, SOURCE), 'utf8'), {
      syntax: 'typescript',
      decorators: true,
      target: 'es2022',
    }),
  ];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { type, pattern = '', flags = '', callee } = node as Node;
    if (type === 'RegExpLiteral') literals.push({ file, pattern, flags });
    if (callee?.value === 'RegExp') made.push(file);
    open.push(...Object.values(node));
  }
  return { literals, made };
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const found = files.map(expressionsIn);
const literals = found.flatMap((one) => one.literals);

test('the reader of the source finds expressions', () => {
  expect(files.length).toBeGreaterThan(200);
  expect(literals.length).toBeGreaterThan(30);
});

test('none is made of a text while the hub runs', () => {
  expect(found.flatMap((one) => one.made)).toEqual([]);
});

test('A30 none takes longer than in proportion to what it reads', () => {
  const status = ({ file, pattern, flags }: Found) => [
    file,
    pattern,
    checkSync(pattern, flags, { timeout: 20_000 }).status,
  ];
  expect(literals.map(status).filter(([, , judged]) => judged !== 'safe')).toEqual([]);
}, 120_000);

test('one that does is found', () => {
  expect(checkSync('^(a+)+$', '').status).toBe('vulnerable');
  expect(checkSync('\\/+$', '').status).toBe('vulnerable');
});
