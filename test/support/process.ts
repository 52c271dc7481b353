import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { freePort } from './free-port.ts';

/** A hub in a process of its own, as `npm start` runs it. */
export type HubProcess = {
  url: string;
  process: ChildProcess;
  /** Everything it has written so far. */
  output(): string;
  /** Resolves with the exit code, or the name of the signal that ended it. */
  ended: Promise<number | string | null>;
};

const bin = resolve('node_modules/.bin');

/** Compiles the service; once per test file that starts processes. */
export const build = (): Promise<void> => succeed(resolve(bin, 'tsc'), []);

/** Starts the compiled hub with that environment only, and waits until it is ready or has ended. */
export async function startProcess(env: Record<string, string>, cwd = process.cwd()): Promise<HubProcess> {
  const port = await freePort();
  const started = spawn(process.execPath, [resolve('dist/main.js')], {
    cwd,
    env: { PATH: `${bin}:${process.env.PATH}`, HOME: process.env.HOME, PORT: String(port), ...env },
  });
  let output = '';
  started.stdout.on('data', (text) => (output += text));
  started.stderr.on('data', (text) => (output += text));
  let isOver = false;
  const ended = new Promise<number | string | null>((done) =>
    started.once('close', (code, signal) => {
      isOver = true;
      done(code ?? signal);
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  while (!isOver && !(await isReady(url))) await new Promise((wait) => setTimeout(wait, 25));
  return { url, process: started, output: () => output, ended };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

function succeed(command: string, args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const running = spawn(command, args, { stdio: 'inherit' });
    running.once('close', (code) => (code === 0 ? done() : fail(new Error(`${command} ended with ${code}`))));
  });
}
