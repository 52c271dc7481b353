import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const presets = ['ENTRA_STANDARD', 'DYNAMIC_SIGNAL', 'SIGN_IN_ENTERPRISE', 'DYNASEND', 'SIGNL4'];

/** Plays the story of a preset as an admin does, in a tenant of its own. */
async function play(preset: string, ...more: string[]): Promise<{ code: number; lines: string[]; err: string }> {
  const { key } = await hub.newTenant();
  const args = ['src/entra/main.ts', '--preset', preset, '--url', hub.url, '--key', key, ...more];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, lines: out.trimEnd().split('\n'), err });
    });
  });
}

const broken = (lines: string[]) => lines.filter((line) => / broken: /.test(line));

test.each(presets)('%s keeps every promise of its story', async (preset) => {
  const { lines, err } = await play(preset);
  if (process.env.SHOW) console.log(lines.join('\n'), err);
  expect(broken(lines)).toEqual([]);
});
