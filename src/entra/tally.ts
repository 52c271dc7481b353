/** What is counted in a cycle. `patches` counts every PATCH that was sent; `disabled` and `restored` are part of `patchedUsers`. */
const COUNTED = [
  'probes',
  'matched',
  'createdUsers',
  'createdGroups',
  'patchedUsers',
  'disabled',
  'restored',
  'patchedGroups',
  'managers',
  'memberAdds',
  'memberRemoves',
  'deletedUsers',
  'deletedGroups',
  'unchanged',
  'skipped',
  'refused',
  'referenceFailures',
  'retries',
  'patches',
  'requests',
] as const;

/** Name of a count. */
export type Counted = (typeof COUNTED)[number];

/** The figures of one cycle: counts, wall clock in seconds, latencies in milliseconds. */
export type CycleReport = Record<Counted, number> & {
  cycle: number;
  seconds: number;
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
};

/** Counts and times one cycle while it runs. */
export class Tally {
  readonly counts = Object.fromEntries(COUNTED.map((name) => [name, 0])) as Record<Counted, number>;
  readonly #latencies: number[] = [];
  readonly #began = performance.now();

  count(name: Counted): void {
    this.counts[name]++;
  }

  timed(milliseconds: number): void {
    this.#latencies.push(milliseconds);
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  report(cycle: number): CycleReport {
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const percentile = (share: number) => round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
    const seconds = this.seconds;
    return {
      cycle,
      ...this.counts,
      seconds: round(seconds),
      requestsPerSecond: round(this.counts.requests / seconds),
      p50Ms: percentile(0.5),
      p99Ms: percentile(0.99),
    };
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
