import { join } from 'node:path';
import { copyNative } from './copy-native.ts';
import { restoreLibraryLinks } from './library-links.ts';
import type { PlatformPackage } from './platform-package.ts';
import { type Account, runProgram } from './run-program.ts';

/**
 * The folder of binaries that `account` can run: the package where it lies, or else a copy below `fallback`.
 *
 * The question is answered by running `postgres --version`, which covers what modes alone do not: missing libraries,
 * mounts that forbid execution, a C library that is too old. The copy is named by version and shared by all clusters.
 */
export async function prepareBinaries(
  source: PlatformPackage,
  account: Account | undefined,
  fallback: string,
): Promise<string> {
  if (await runs(source.native, account)) return join(source.native, 'bin');
  // Links are made in the package only when it does not run without them; it may be on a read-only mount.
  await restoreLibraryLinks(source.native).catch(() => undefined);
  if (await runs(source.native, account)) return join(source.native, 'bin');
  const copy = join(fallback, `postgresql-${source.version}`);
  if (await runs(copy, account)) return join(copy, 'bin');
  await copyNative(source.native, copy);
  await runVersion(copy, account);
  return join(copy, 'bin');
}

function runVersion(native: string, account: Account | undefined): Promise<string> {
  return runProgram(join(native, 'bin', 'postgres'), ['--version'], account);
}

function runs(native: string, account: Account | undefined): Promise<boolean> {
  return runVersion(native, account).then(
    () => true,
    () => false,
  );
}
