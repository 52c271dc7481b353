import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOptions } from '../../src/conformance/options.ts';
import { suites } from '../../src/conformance/suites.ts';
import { WrongPeer } from './wrong-peer.ts';

const peer = new WrongPeer();
let url: string;
beforeAll(async () => {
  url = await peer.listen();
});
afterAll(() => peer.close());

const TOKEN = 'a-token-nobody-may-read';

function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile('node', ['src/conformance/main.ts', ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test('exits with 0 when nothing failed, with 1 when something did, with 2 when nobody answers', async () => {
  const asked = ['--url', url, '--token', TOKEN, '--only', 'Create a duplicate'];
  expect(await command(...asked)).toMatchObject({ code: 0, err: '' });
  peer.bugs.add('a duplicate is created');
  const wrong = await command(...asked);
  peer.bugs.clear();
  expect(wrong.code).toBe(1);
  expect(wrong.out).toContain('✗ Create a duplicate User');
  expect(wrong.out).toContain('POST /Users');
  expect(wrong.out).toContain('expected status 409');
  expect(wrong.out).not.toContain(TOKEN);
  const nobody = await command('--url', 'http://127.0.0.1:1', '--token', 'x');
  expect(nobody).toMatchObject({ code: 2, out: '' });
  expect(nobody.err).toContain('No answer');
});

test('the page is the same for two runs against the same server, failures too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  peer.bugs.add('a duplicate is created').add('PATCH is not atomic');
  const pages = [];
  for (const file of ['one.md', 'two.md'].map((name) => join(folder, name))) {
    await command('--url', url, '--token', TOKEN, '--name', 'A peer', '--only', 'ed', '--markdown', file);
    pages.push(readFileSync(file, 'utf8').replaceAll(/[0-9a-f-]{36}/g, ''));
  }
  peer.bugs.clear();
  rmSync(folder, { recursive: true });
  expect(pages[0]).toContain('# Conformance of A peer');
  expect(pages[0]).toContain('✗');
  expect(pages[1]).toBe(pages[0]);
});

test('a wrong option says what is wrong', () => {
  expect(() => readOptions(['--token', 'x'])).toThrow('--url and --token are needed');
  expect(() => readOptions(['--url', 'x', '--token', 'x'])).toThrow('not an http or https URL');
  expect(() => readOptions(['--url', 'http://x', '--token', 'x', '--dialect', 'loud'])).toThrow(
    'verbose, batched or both',
  );
  expect(() => readOptions(['--url', 'http://x', '--token', 'x', '--client-id', 'y'])).toThrow('go together');
});

test("H7 H8 the suites have the validator's 32 tests and the gallery's 25, each named once", () => {
  const server = { config: {}, schemas: [], resourceTypes: [], supports: () => true, schemasOf: () => [] };
  const all = suites({ dialects: ['verbose'] }).map(({ sections }) =>
    sections.flatMap((one) => one.checks(server as never).map(({ title }) => title)),
  );
  expect([all[0]!.length, all[1]!.length]).toEqual([32, 25]);
  expect(all[2]!.length).toBeGreaterThan(200);
  for (const titles of all) expect(titles.filter((one, at) => titles.indexOf(one) !== at)).toEqual([]);
});
