import { cycleOf, failureShare, type HealthRow, lastRefusal, lastRequestAt } from '../health/directory-health.ts';
import type { Expiring } from '../health/health-store.ts';
import { failuresIn, quarantineRisk } from '../health/quarantine.ts';
import type { NewNotice, Notice, NoticeKind } from './notice.ts';

/** What is raised and closed by looking; the other kinds are by what they tell of. */
export const WATCHED: readonly NoticeKind[] = ['FAILURE_RATE', 'QUARANTINE_RISK', 'TOKEN_EXPIRY', 'SILENCE'];

/** A directory that ran and then asks for nothing so long is silent; Entra comes every 40 minutes (seeds C7). */
export const SILENT_MS = 2 * 3_600_000;
const DAY_MS = 86_400_000;
/** Days before the end of a secret. */
const REMINDERS = [7, 30, 60];
/** Where so much of what was asked fails, people are told. */
const HIGH_SHARE = 0.1;
const FEWEST_FAILURES = 10;
const HIGH_RISK = 0.5;

/** What should be open for a directory that fares so; one that is open already stays until it is half as bad. */
export function dueNotices(row: HealthRow, expiring: readonly Expiring[], open: readonly Notice[]): NewNotice[] {
  if (row.state === 'DISCONNECTED') return [];
  const isOpen = (kind: NoticeKind) => open.some((notice) => notice.kind === kind);
  const limit = (kind: NoticeKind, value: number) => (isOpen(kind) ? value / 2 : value);
  const make = (kind: NoticeKind, dedupeKey: string, facts: NewNotice['facts']): NewNotice => ({
    kind,
    directoryId: row.directoryId,
    dedupeKey,
    facts: { directory: row.name, ...facts },
  });
  const due: NewNotice[] = [];
  const failures = failuresIn(row.reasons);
  const share = failureShare(row);
  if (failures >= FEWEST_FAILURES && share > limit('FAILURE_RATE', HIGH_SHARE)) {
    const [first] = row.reasons;
    const reason = first ? [first.code, first.attribute].filter(Boolean).join(' ') : null;
    due.push(make('FAILURE_RATE', row.directoryId, { failures, requests: row.requests, reason }));
  }
  const risk = quarantineRisk(cycleOf(row));
  if (risk >= limit('QUARANTINE_RISK', HIGH_RISK))
    due.push(make('QUARANTINE_RISK', row.directoryId, { percent: Math.round(risk * 100), refusal: lastRefusal(row) }));
  if (isSilent(row)) due.push(make('SILENCE', row.directoryId, { since: lastRequestAt(row) }));
  for (const secret of expiring) {
    const days = reminderOf(secret, row.now);
    if (days !== null)
      due.push(
        make('TOKEN_EXPIRY', `${secret.id} ${days}`, { secret: secret.kind, days, expiresAt: secret.expiresAt }),
      );
  }
  return due;
}

/** A run that never came is no silence: the directory may not be set up yet. */
function isSilent(row: HealthRow): boolean {
  const last = lastRequestAt(row);
  return row.state === 'ACTIVE' && row.ranAt !== null && Date.parse(row.now) - Date.parse(last!) >= SILENT_MS;
}

/** The reminder that is due of a secret: the last one that its end is nearer than. */
function reminderOf({ expiresAt }: Expiring, now: string): number | null {
  const left = Date.parse(expiresAt) - Date.parse(now);
  return REMINDERS.find((days) => left <= days * DAY_MS) ?? null;
}

/** When time alone will next make a difference to what is due. */
export function nextChange(row: HealthRow, expiring: readonly Expiring[]): number[] {
  const last = lastRequestAt(row);
  const reminders = expiring.flatMap(({ expiresAt }) => REMINDERS.map((days) => Date.parse(expiresAt) - days * DAY_MS));
  return last === null ? reminders : [Date.parse(last) + SILENT_MS, ...reminders];
}
