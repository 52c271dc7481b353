import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { choosePort, isFree } from './port.ts';
import { probe } from './probe.ts';
import { type Account, serverEnvironment } from './run-program.ts';
import { logPath, readLogTail, rotateLog } from './server-log.ts';
import { superuserUrl } from './superuser.ts';

/** What it takes to start a server. */
export interface Launch {
  binaries: string;
  dataDir: string;
  cluster: string;
  password: string;
  account: Account | undefined;
  /** Settings that override postgresql.conf for this run. */
  settings: Record<string, string>;
}

/** How long recovery after a crash may take. */
export const startTimeoutMs = 60_000;

/** Starts the server and waits until it answers; throws with the end of its log when it does not. */
export async function launch(options: Launch): Promise<{ pid: number; url: string }> {
  const deadline = Date.now() + startTimeoutMs;
  await rotateLog(options.dataDir);
  for (;;) {
    const port = await choosePort(options.dataDir);
    const log = await open(logPath(options.dataDir), 'a', 0o600);
    const { size } = await log.stat();
    const server = spawnServer(options, port, log.fd);
    await log.close();
    const url = superuserUrl(port, options.password);
    const outcome = await untilReady(url, options.cluster, server, deadline);
    if (outcome === 'ready') return { pid: server.pid!, url };
    const tail = await readLogTail(options.dataDir, size);
    // Two mishaps pass: somebody took the port, or processes of a killed server have not noticed yet.
    const passing = !(await isFree(port)) || tail.includes('pre-existing shared memory block');
    if (outcome === 'exited' && passing && Date.now() < deadline) {
      await sleep(100);
      continue;
    }
    if (outcome === 'late') server.kill('SIGINT');
    const how = outcome === 'late' ? `did not answer within ${startTimeoutMs / 1000} s` : 'did not start';
    throw new Error(`PostgreSQL ${how}; the end of ${logPath(options.dataDir)}:\n${tail}`);
  }
}

function spawnServer(options: Launch, port: number, log: number) {
  // On the command line, not in a file: it cannot be undone there, and root writes nothing into a folder of others.
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(options.binaries, 'postgres'), ['-D', options.cluster, ...args], {
    cwd: '/',
    env: serverEnvironment,
    stdio: ['ignore', log, log],
    // A session of its own: Ctrl-C in the terminal must reach the hub, not the database it still drains into.
    detached: true,
    ...(options.account && { uid: options.account.uid, gid: options.account.gid }),
  });
  // Without a listener a failed spawn would end the hub; without a pid it counts as exited below.
  server.on('error', () => undefined);
  server.unref();
  return server;
}

async function untilReady(
  url: string,
  cluster: string,
  server: ReturnType<typeof spawnServer>,
  deadline: number,
): Promise<'ready' | 'exited' | 'late'> {
  while (Date.now() < deadline) {
    if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return 'exited';
    if ((await probe(url, cluster)) === 'ready') return 'ready';
    await sleep(25);
  }
  return 'late';
}
