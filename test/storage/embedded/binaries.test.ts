import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseAccount } from '../../../src/storage/embedded/account.ts';
import { prepareBinaries } from '../../../src/storage/embedded/binaries.ts';
import { locatePlatformPackage } from '../../../src/storage/embedded/platform-package.ts';
import { runProgram } from '../../../src/storage/embedded/run-program.ts';
import { temporaryFolder } from './cluster-folder.ts';

test('a platform without binaries is told to set DATABASE_URL', () => {
  expect(() => locatePlatformPackage('plan9-mips')).toThrow('Set DATABASE_URL');
});

test.runIf(process.getuid?.() === 0)('binaries below a private folder are copied once, for all to run', async () => {
  const installed = locatePlatformPackage();
  const home = await temporaryFolder(0o700);
  await once(spawn('cp', ['-a', installed.native, join(home, 'native')]), 'close');
  const source = { ...installed, native: join(home, 'native') };
  const fallback = join(await temporaryFolder(), 'system');
  const account = await chooseAccount(undefined);
  const [first, second] = await Promise.all([
    prepareBinaries(source, account, fallback),
    prepareBinaries(source, account, fallback),
  ]);
  expect(first).toBe(join(fallback, `postgresql-${installed.version}`, 'bin'));
  expect(second).toBe(first);
  expect(await runProgram(join(first, 'initdb'), ['--version'], account)).toContain('(PostgreSQL) 18.');
});
