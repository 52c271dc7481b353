import { type CountedReason, isReference } from '../requests/reasons.ts';

/** What a directory asked for in one cycle, as far as it decides over its quarantine. */
export type Cycle = {
  requests: number;
  reasons: readonly CountedReason[];
  /** True when it was turned away at the door the last time. */
  isTurnedAway: boolean;
};

/** Entra's own limits (entra.md E6). */
const FROM_FAILURES = 5_000;
const SHARE = 0.4;
const MOST_FAILURES = 40_000;
const MOST_WITH_REFERENCES = 60_000;

/**
 * How near Entra is to putting the job in quarantine, 0 to 1: at once for bad credentials; above 40 % of failures from
 * 5,000 of them; above 40,000; above 60,000 with references to people who are not there, which count nowhere else.
 */
export function quarantineRisk({ requests, reasons, isTurnedAway }: Cycle): number {
  if (isTurnedAway) return 1;
  const all = failuresIn(reasons);
  const own = failuresIn(reasons.filter((reason) => !isReference(reason)));
  const share = requests === 0 ? 0 : own / requests / SHARE;
  const risks = [Math.min(own / FROM_FAILURES, share), own / MOST_FAILURES, all / MOST_WITH_REFERENCES];
  return Math.min(1, Math.max(...risks));
}

/** How often something was refused or failed; what was skipped by refusing it is a failure to who asked. */
export const failuresIn = (reasons: readonly CountedReason[]): number =>
  reasons.reduce((sum, { count }) => sum + count, 0);
