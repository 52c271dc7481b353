import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** A server in a process of its own. */
export type Service = { url: string; stop(): Promise<void> };

const LONGEST_START_MS = 30_000;

/** Starts a program of Node with that environment and waits until `path` answers. */
export async function startService(args: string[], port: number, path: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), ...env },
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(child, `${url}${path}`);
  return { url, stop: () => stop(child) } satisfies Service;
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  const until = Date.now() + LONGEST_START_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with code ${child.exitCode}.`);
    if (Date.now() > until) {
      child.kill();
      throw new Error(`${child.spawnargs.join(' ')} does not answer.`);
    }
    await pause(50);
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
