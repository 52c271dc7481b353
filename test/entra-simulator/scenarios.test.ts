import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

/** Rows of the promises that the hub does not keep yet; the list only gets shorter. */
const stillBroken: Record<string, string[]> = {
  ENTRA_STANDARD: [],
  DYNAMIC_SIGNAL: [],
  SIGN_IN_ENTERPRISE: [],
  DYNASEND: [],
  SIGNL4: [],
};

// A story waits for what the hub does beside requests.
const PATIENT = 120_000;

/** Plays the story of a preset as an admin does, in a tenant of its own unless a key is given. */
async function play(preset: string, more: string[] = [], key?: string) {
  const admin = key ?? (await hub.newTenant()).key;
  const args = ['src/entra/main.ts', '--preset', preset, '--url', hub.url, '--key', admin, ...more];
  return new Promise<{ code: number; lines: string[]; err: string }>((resolve) => {
    execFile(process.execPath, args, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, lines: out.trimEnd().split('\n'), err });
    });
  });
}

/** The first word of each line that tells of something broken, with the line. */
const broken = (lines: string[]) =>
  lines.filter((line) => line.includes('  broken: ')).map((line) => [line.split(' ')[0], line]);

test.each(Object.entries(stillBroken))(
  '%s keeps every promise of its story but those that are named',
  async (preset, rows) => {
    const { code, lines, err } = await play(preset);
    const found = broken(lines);
    expect(found, found.join('\n')).toEqual(rows.map((row) => [row, expect.any(String)]));
    const kept = lines.filter((line) => line.endsWith('  ok')).length;
    expect(kept).toBeGreaterThan(5);
    expect(lines.at(-1)).toBe(`${kept} kept, ${rows.length} broken`);
    expect([code, err]).toEqual([rows.length === 0 ? 0 : 1, '']);
  },
  PATIENT,
);

test(
  'a hub that removes nobody who lost their last group breaks that promise of SIGNL4 alone, and the exit code is 1',
  async () => {
    const { code, lines } = await play('SIGNL4', ['--policy', '{"onLastGroupLost":"KEEP"}']);
    const rows = broken(lines).map(([row]) => row);
    expect([...rows].sort()).toEqual([...stillBroken.SIGNL4!, 'S17'].sort());
    expect(code).toBe(1);
  },
  PATIENT,
);

test(
  'a hub that deletes for good breaks what Dynamic Signal promises of deletions, and tells by what',
  async () => {
    const { code, lines } = await play('DYNAMIC_SIGNAL', ['--policy', '{"onDelete":"DELETE"}']);
    const rows = broken(lines);
    expect(rows.map(([row]) => row)).toEqual(['DS4', 'DS4']);
    expect(rows[0]![1]).toContain('broken: found "DELETED" rather than "DEACTIVATED"');
    expect(code).toBe(1);
  },
  PATIENT,
);

test('a story is played once with a seed, and again with another', { timeout: PATIENT }, async () => {
  const { key } = await hub.newTenant();
  expect((await play('DYNAMIC_SIGNAL', [], key)).code).toBe(0);
  const again = await play('DYNAMIC_SIGNAL', [], key);
  expect([again.code, again.err]).toEqual([
    2,
    'The DYNAMIC_SIGNAL story was played here with seed 1; take another --seed.\n',
  ]);
  expect((await play('DYNAMIC_SIGNAL', ['--seed', '2'], key)).code).toBe(0);
});

test('a preset without a story, a key that is missing and a policy that is no JSON are wrong options', async () => {
  expect(await play('CUSTOM')).toMatchObject({ code: 2, err: expect.stringContaining('--preset must be one of') });
  expect(await play('SIGNL4', ['--policy', 'KEEP'])).toMatchObject({
    code: 2,
    err: '--policy must be JSON, such as {"onDelete":"HIDE"}.\n',
  });
  expect(await play('SIGNL4', [], '')).toMatchObject({
    code: 2,
    err: '--url and --key are needed; --help explains.\n',
  });
});
