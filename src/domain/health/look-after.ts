import type { Command, Context } from '../command.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { dueNotices, nextChange, WATCHED } from '../notices/due-notices.ts';
import { closeNotice, raiseNotice } from '../notices/raise-notice.ts';
import { failedBy, skippedBy } from '../requests/sync-run.ts';
import type { HealthRow } from './directory-health.ts';
import type { EndedRun } from './health-store.ts';

/** The longest time without a look, in ms: what only an admin changed, such as a token, is seen by then. */
const HOUR_MS = 3_600_000;

/**
 * Sums up the runs of a directory that have ended, each once, and raises and closes its notices. Does nothing where it
 * was looked after meanwhile, by this process or another.
 */
export const lookAfterDirectory: Command<{ directoryId: string }, void> = {
  name: 'lookAfterDirectory',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, { directoryId }) {
    const { health } = context.tx;
    const row = await health.take(directoryId);
    if (!row) return;
    for (const ended of await health.endedRuns(directoryId)) {
      const summary = event(context.origin, 'directory.run.completed', 'dir', directoryId, summaryOf(ended));
      await health.completeRun(ended.id, summary);
    }
    await settleNotices(context, row);
  },
};

async function settleNotices(context: Context, row: HealthRow): Promise<void> {
  const { health, notices } = context.tx;
  const { directoryId } = row;
  const expiring = await health.expiring(directoryId);
  const open = await notices.openOf(directoryId, WATCHED);
  const due = dueNotices(row, expiring, open);
  const isAmong = (list: typeof due, { kind, dedupeKey }: (typeof due)[number]) =>
    list.some((other) => other.kind === kind && other.dedupeKey === dedupeKey);
  for (const over of open) if (!isAmong(due, over)) await closeNotice(context, over);
  for (const raised of due) if (!isAmong(open, raised)) await raiseNotice(context, raised);
  const end = await health.nextEnd(directoryId);
  const now = Date.parse(row.now);
  const changes = [...nextChange(row, expiring), ...(end === null ? [] : [Date.parse(end)])];
  const next = Math.min(now + HOUR_MS, ...changes.filter((at) => at > now));
  await health.lookAgain(directoryId, new Date(next).toISOString());
}

const COUNTS = ['requests', 'created', 'updated', 'adopted', 'deactivated', 'deleted', 'skipped', 'failed'] as const;

function summaryOf(run: EndedRun) {
  const told = {
    run: wireId('run', run.id),
    kind: run.kind,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    ...Object.fromEntries(COUNTS.map((count) => [count, run[count]])),
    skippedBy: skippedBy(run),
    failedBy: failedBy(run),
  };
  return Object.entries(told).map(([key, to]) => ({ key, from: null, to }));
}
