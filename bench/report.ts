import { writeFile } from 'node:fs/promises';
import type { Line } from './measure.ts';

const widths = [24, 9, 10, 7, 6, 8];

/** One row: the name to the left, figures to the right. */
const row = ([name, ...figures]: string[], end = ''): string =>
  `${name!.padEnd(widths[0]!)}${figures.map((text, index) => text.padStart(widths[index + 1]!)).join('')}  ${end}`.trimEnd();

export const heading = row(['case', 'hub/s', 'floor/s', 'ratio', 'bar', 'p99 ms']);

export const isBelow = ({ ratio, bar }: Line): boolean => ratio < bar;

export const lineText = (line: Line): string =>
  row(
    [
      line.name,
      line.perSecond.toFixed(0),
      line.floorPerSecond.toFixed(0),
      line.ratio.toFixed(2),
      line.bar.toFixed(2),
      line.p99Ms.toFixed(0),
    ],
    isBelow(line) ? 'BELOW' : 'ok',
  );

/** The two group cases must cost the same; null unless both were measured. */
export function groupText(lines: Line[]): { text: string; isBelow: boolean } | null {
  const find = (name: string) => lines.find((line) => line.name === name);
  const [small, large] = [find('scim.group-add.10'), find('scim.group-add.10k')];
  if (!small || !large) return null;
  const share = large.perSecond / small.perSecond;
  const below = share < SAME_COST;
  return {
    text: `group-add.10k runs at ${share.toFixed(2)} of group-add.10 (bar ${SAME_COST}): ${below ? 'BELOW' : 'ok'}`,
    isBelow: below,
  };
}

const SAME_COST = 0.85;

/** Writes the figures for programs. */
export async function writeJson(file: string, lines: Line[]): Promise<void> {
  const cases = lines.map(({ name, ratio, perSecond, floorPerSecond, p99Ms }) => ({
    name,
    ratio,
    perSecond,
    floorPerSecond,
    p99Ms,
  }));
  await writeFile(file, `${JSON.stringify({ cases }, null, 2)}\n`);
}
