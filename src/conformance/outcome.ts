import type { Exchange } from './line.ts';

export type Mark = 'pass' | 'fail' | 'warn' | 'skip';

/** How one check went. `why` is what was expected, or the reason of a skip; it is empty after a pass. */
export interface Outcome {
  suite: string;
  section: string;
  title: string;
  cite: string;
  mark: Mark;
  why: string;
  exchange: Exchange | null;
}

/** All of a run, in the order of the suites. */
export interface Report {
  name: string;
  ok: boolean;
  totals: Totals[];
  outcomes: Outcome[];
}

/** How often each mark was given in a suite. */
export type Totals = { suite: string } & Record<Mark, number>;

/** Puts a report together; it is not ok when anything failed. */
export function reportOf(name: string, outcomes: Outcome[]): Report {
  const totals = [...Map.groupBy(outcomes, ({ suite }) => suite)].map(([suite, all]) => ({
    suite,
    pass: count(all, 'pass'),
    fail: count(all, 'fail'),
    warn: count(all, 'warn'),
    skip: count(all, 'skip'),
  }));
  return { name, ok: count(outcomes, 'fail') === 0, totals, outcomes };
}

const count = (outcomes: Outcome[], mark: Mark) => outcomes.filter((one) => one.mark === mark).length;
