import { setTimeout as pause } from 'node:timers/promises';
import { median } from './measure.ts';
import { type Writer, writeUntil } from './write-until.ts';

const MOST_WAIT_MS = 200;

/** Does the work while a directory writes, and says how long it took and what the writes waited; exit code 1 above 200 ms. */
export async function reportWaits(what: string, writer: Writer, work: () => Promise<unknown>): Promise<void> {
  let isOver = false;
  const writing = writeUntil(writer, () => isOver);
  await pause(500);
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  isOver = true;
  const taken = await writing;
  const longest = Math.max(...taken);
  const say = (name: string, text: string) => process.stdout.write(`${name.padEnd(34)}${text}\n`);
  say(what, `${seconds.toFixed(2).padStart(9)} s`);
  say(
    'longest write meanwhile',
    `${longest.toFixed(2).padStart(9)} ms  ${longest > MOST_WAIT_MS ? 'ABOVE 200' : 'ok'}`,
  );
  say('median write meanwhile', `${median(taken).toFixed(2).padStart(9)} ms of ${taken.length}`);
  if (longest > MOST_WAIT_MS) process.exitCode = 1;
}
