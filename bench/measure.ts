import type { Case } from './case.ts';
import type { Side } from './company.ts';
import type { LoadProcess, Round } from './load-process.ts';
import type { Stage } from './stage.ts';

/** One line of the table. */
export type Line = {
  name: string;
  bar: number;
  /** The hub's share of the floor's requests per second. */
  ratio: number;
  perSecond: number;
  floorPerSecond: number;
  /** The hub's. */
  p99Ms: number;
  /** Greatest share of a core that the load took in any round. */
  loadCpu: number;
};

const WARM_UP_SECONDS = 1;

/**
 * Warms both sides up, then measures them in turns; medians, so that one disturbed round does not count. Cases that are
 * given together take turns as well.
 */
export async function measure(
  cases: Case[],
  { company, client }: Stage,
  load: LoadProcess,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Line[]> {
  const taken = cases.map((one) => ({ one, rounds: { hub: [], floor: [] } as Record<Side, Round[]> }));
  const fire = async (one: Case, side: Side, length: number) => {
    const round = await load.fire(one.name, side, length);
    if (one.restore) await client.query(one.restore.sql, one.restore.values(company));
    return round;
  };
  // What the case before left to write does not fall into this one.
  await client.query('checkpoint');
  for (const one of cases) for (const side of sides) await fire(one, side, WARM_UP_SECONDS);
  for (let round = 0; round < rounds; round++) {
    // Whoever goes first in one round goes second in the next.
    const order = round % 2 === 0 ? sides : sides.toReversed();
    for (const { one, rounds } of taken) for (const side of order) rounds[side].push(await fire(one, side, seconds));
  }
  return taken.map(({ one, rounds }) => lineOf(one, rounds));
}

const sides: Side[] = ['floor', 'hub'];

function lineOf({ name, bar }: Case, { hub, floor }: Record<Side, Round[]>): Line {
  const perSecond = median(hub.map((round) => round.perSecond));
  const floorPerSecond = median(floor.map((round) => round.perSecond));
  return {
    name,
    bar,
    ratio: perSecond / floorPerSecond,
    perSecond,
    floorPerSecond,
    p99Ms: median(hub.map((round) => round.p99Ms)),
    loadCpu: Math.max(...[...hub, ...floor].map((round) => round.cpu)),
  };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
