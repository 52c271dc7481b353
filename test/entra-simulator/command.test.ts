import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOptions } from '../../src/entra/options.ts';
import { provision } from '../../src/entra/provision.ts';
import { summary } from '../../src/entra/summary.ts';
import { Peer } from './peer.ts';
import { directoryOf, person, withPeer } from './support.ts';

const { peer, run } = withPeer();

test('the command provisions a written sample and exits with 0, or with 1 when something was refused', async () => {
  const mine = new Peer();
  const url = await mine.listen();
  const folder = mkdtempSync(join(tmpdir(), 'entra-'));
  const file = join(folder, 'sample.json');
  expect(await command('--write-sample', file, '--people', '20', '--groups', '4')).toMatchObject({ code: 0, out: '' });
  const asked = ['--url', url, '--token', 'x', '--directory', file, '--json'];
  const good = await command(...asked);
  expect(good.code).toBe(0);
  expect(JSON.parse(good.out)).toMatchObject({ ok: true, cycles: [{ cycle: 1, createdGroups: 4 }] });
  mine.interrupt = () => ({ status: 401, body: {} });
  expect((await command(...asked)).code).toBe(1);
  mine.close();
  rmSync(folder, { recursive: true });
});

test('a wrong option exits with 2 and says what is wrong', async () => {
  expect(await command('--token', 'x')).toMatchObject({
    code: 2,
    err: '--url and --token are needed; --help explains.\n',
  });
  expect(() => readOptions(['--url', 'x', '--token', 'x', '--cycles', '0'])).toThrow('--cycles must be a whole number');
  expect(() => readOptions(['--url', 'x', '--token', 'x', '--dialect', 'loud'])).toThrow('verbose, batched or mixed');
});

test('a scenario the directory does not have is named', async () => {
  const options = { url: 'http://127.0.0.1:1', token: 'x', directory: directoryOf([]), scenario: 'war' };
  await expect(provision(options)).rejects.toThrow('no scenario "war"');
});

test('the summary has a column for each cycle and every distinct refusal once', async () => {
  peer().interrupt = ({ method }) => (method === 'POST' ? { status: 409, body: { detail: 'taken' } } : undefined);
  const text = summary(await run({ directory: directoryOf([person('ada'), person('bob')]), cycles: 2 }));
  expect(text).toMatch(/^ +cycle 1 +cycle 2$/m);
  expect(text).toMatch(/^refused +2 +2$/m);
  expect(text).toContain(
    '1 distinct refusal:\n\n4 × EntryConflict: HTTP 409 rather than 201\n  POST /Users\n  {"schemas"',
  );
  expect(text).toContain('  → 409 {"detail":"taken"}');
});

function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/entra/main.ts', ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}
