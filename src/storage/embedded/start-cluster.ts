import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseAccount } from './account.ts';
import { prepareBinaries } from './binaries.ts';
import { createCluster } from './create-cluster.ts';
import { findRunning } from './find-running.ts';
import { launch } from './launch.ts';
import { takeLock } from './lock.ts';
import { choosePlace, findCluster } from './place.ts';
import { locatePlatformPackage } from './platform-package.ts';
import { stopWhenUnused, turnFile, usersFile } from './stop-when-unused.ts';
import { obtainPassword } from './superuser.ts';
import { checkMajorVersion } from './version-check.ts';

/** A running cluster, as seen by one hub that uses it. */
export interface Embedded {
  /** Connection string of the superuser, over loopback TCP. */
  url: string;
  /** Process id of the server. */
  pid: number;
  /** Ends this hub's use; the server itself stops when no other hub uses it. May be called twice. */
  stop(): Promise<void>;
}

/** What may differ between a hub and a test. */
export interface ClusterOptions {
  dataDir: string;
  log?: (message: string) => void;
  /** Settings that override postgresql.conf for this run; ignored when the server already runs. */
  settings?: Record<string, string>;
  /** Where clusters and binaries go that the account cannot reach in place; see `choosePlace`. */
  systemDir?: string;
}

/** Starts or joins the cluster of `dataDir`: one hub at a time, the others wait for it and then find it running. */
export async function startCluster(options: ClusterOptions): Promise<Embedded> {
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const turn = await takeLock(turnFile(dataDir), 'exclusive', 120_000);
  try {
    const server = await reuseOrLaunch(dataDir, options);
    const use = await takeLock(usersFile(dataDir), 'shared', 1_000);
    let stopped: Promise<boolean> | undefined;
    const stop = async () => {
      use.release();
      stopped ??= stopWhenUnused(dataDir);
      await stopped;
    };
    return { ...server, stop };
  } finally {
    turn.release();
  }
}

async function reuseOrLaunch(dataDir: string, options: ClusterOptions): Promise<{ pid: number; url: string }> {
  const { log = () => undefined, settings = {}, systemDir = '/var/lib/rollcall' } = options;
  const source = locatePlatformPackage();
  const existing = await findCluster(dataDir);
  const account = await chooseAccount(existing);
  const password = await obtainPassword(dataDir);
  if (existing) {
    await checkMajorVersion(existing, source);
    const running = await findRunning(existing, password);
    if (running) {
      log(`Using the PostgreSQL that runs already (pid ${running.pid}).`);
      return running;
    }
  }
  const fallback = account ? systemDir : join(dataDir, 'native');
  const binaries = await prepareBinaries(source, account, fallback);
  let cluster = existing;
  if (!cluster) {
    const place = await choosePlace(dataDir, account, systemDir, log);
    log(`Creating a database in ${place}.`);
    cluster = await createCluster({ binaries, dataDir, place, password, account });
  }
  const server = await launch({ binaries, dataDir, cluster, password, account, settings });
  log(`PostgreSQL started (pid ${server.pid}${account ? `, as ${account.name}` : ''}).`);
  return server;
}
