import { newId } from '../ids.ts';
import { addReasons, type CountedReason, isSkip, type Reason } from './reasons.ts';

/** What came of one command of a request. */
export type Outcome = 'created' | 'updated' | 'adopted' | 'deactivated' | 'deleted' | 'skipped' | 'failed';

/** How often each came, and how many requests there were. */
export type Tally = Record<Outcome | 'requests', number>;

/** One working-through of a directory: requests that follow each other without a long pause. */
export type SyncRun = Tally & {
  id: string;
  /** INITIAL: until it, no run of the directory had written anything. */
  kind: 'INITIAL' | 'INCREMENTAL';
  startedAt: string;
  /** When its newest request was made. */
  lastAt: string;
  /** Why there were refusals. */
  reasons: CountedReason[];
  /** True when its summary is written, so that nothing may be added any more. */
  isClosed: boolean;
};

/**
 * The pause that ends a run. Within a cycle Entra's requests are seconds apart, and a cycle begins about 40 minutes after
 * the one before (entra.md E2, E3); 5 minutes outlast its retries and end well before the next.
 */
export const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * What a run is waited for beyond that pause before it is summed up: rows on their way to the log may be late while the
 * database is away, for a minute.
 */
export const LATE_MS = 90_000;

/** When a request was made, what came of its commands, and why some were refused. */
export type Worked = { at: string; outcomes: readonly Outcome[]; reasons: readonly Reason[] };

/** The runs that these requests, in any order, make or go on with; `latest` is the newest there was. */
export function runsAfter(latest: SyncRun | null, hasWritten: boolean, requests: readonly Worked[]): SyncRun[] {
  const runs: SyncRun[] = [];
  let run = latest;
  let written = hasWritten;
  for (const request of requests.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    if (!run || run.isClosed || Date.parse(request.at) - Date.parse(run.lastAt) > LONGEST_PAUSE_MS) {
      written ||= run !== null && hasWrites(run);
      run = newRun(request.at, written ? 'INCREMENTAL' : 'INITIAL');
      runs.push(run);
    } else if (run === latest && runs.length === 0) {
      run = { ...run };
      runs.push(run);
    }
    if (request.at > run.lastAt) run.lastAt = request.at;
    if (request.at < run.startedAt) run.startedAt = request.at;
    run.requests++;
    for (const outcome of request.outcomes) run[outcome]++;
    if (request.reasons.length > 0) run.reasons = addReasons(run.reasons, request.reasons);
  }
  return runs;
}

const hasWrites = ({ created, updated, adopted, deactivated, deleted }: Tally): boolean =>
  created + updated + adopted + deactivated + deleted > 0;

const newRun = (at: string, kind: SyncRun['kind']): SyncRun => ({
  id: newId(),
  kind,
  startedAt: at,
  lastAt: at,
  requests: 0,
  created: 0,
  updated: 0,
  adopted: 0,
  deactivated: 0,
  deleted: 0,
  skipped: 0,
  failed: 0,
  reasons: [],
  isClosed: false,
});

/** What was left out, by why: nothing new was said, or the hub is set so. */
export function skippedBy({
  skipped,
  reasons,
}: Pick<SyncRun, 'skipped' | 'reasons'>): { code: string; count: number }[] {
  const byCode = new Map<string, number>();
  for (const { code, count } of reasons.filter(isSkip)) byCode.set(code, (byCode.get(code) ?? 0) + count);
  const refused = [...byCode.values()].reduce((sum, count) => sum + count, 0);
  if (skipped > refused) byCode.set('UNCHANGED', skipped - refused);
  return [...byCode].map(([code, count]) => ({ code, count })).sort((one, other) => other.count - one.count);
}

/** What was refused for what was sent, or failed, by why. */
export const failedBy = ({ reasons }: Pick<SyncRun, 'reasons'>): CountedReason[] =>
  reasons.filter((reason) => !isSkip(reason));
