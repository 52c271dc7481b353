import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLock, tryLock } from '../../../src/storage/embedded/lock.ts';
import { temporaryFolder } from './cluster-folder.ts';

test('an exclusive lock has one holder, a shared one many, and never both', async () => {
  const file = join(await temporaryFolder(), 'lock');
  const alone = tryLock(file, 'exclusive');
  expect(tryLock(file, 'exclusive')).toBeUndefined();
  expect(tryLock(file, 'shared')).toBeUndefined();
  alone!.release();
  const some = [tryLock(file, 'shared'), tryLock(file, 'shared')];
  expect(tryLock(file, 'exclusive')).toBeUndefined();
  for (const lock of some) lock!.release();
  expect(tryLock(file, 'exclusive')).toBeDefined();
});

test('the lock of a killed process is free at once', async () => {
  const file = join(await temporaryFolder(), 'lock');
  const module = join(import.meta.dirname, '../../../src/storage/embedded/lock.ts');
  const script = `import { tryLock } from ${JSON.stringify(module)};
    console.log(tryLock(${JSON.stringify(file)}, 'exclusive') ? 'held' : 'taken'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script]);
  expect(String((await once(holder.stdout, 'data'))[0]).trim()).toBe('held');
  expect(tryLock(file, 'exclusive')).toBeUndefined();
  holder.kill('SIGKILL');
  await once(holder, 'close');
  const lock = await takeLock(file, 'exclusive', 1_000);
  lock.release();
});
