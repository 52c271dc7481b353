import type { TokenRow } from '../directories/directory-reader.ts';
import type { Unmapped } from '../fields/unmapped-reader.ts';
import { SILENT_MS } from '../notices/due-notices.ts';
import { type HealthRow, lastRequestAt } from './directory-health.ts';

/** One thing to check; `detail` is a sentence. */
export type ChecklistItem = {
  key: 'TESTED' | 'MAPPING_COMPLETE' | 'RUN_RECENT' | 'TOKEN_LASTS';
  done: boolean;
  detail: string;
};

/** What is checked of: how it fares, what it sends that no field takes, and all that it may sign in by. */
export type Checked = { health: HealthRow; unmapped: Unmapped; secrets: readonly TokenRow[] };

const MONTH_MS = 30 * 86_400_000;

/** What an administrator checks before a directory is left to itself (seeds DY17). */
export const checklist = (checked: Checked): ChecklistItem[] => [
  tested(checked),
  mapping(checked),
  recent(checked),
  lasting(checked),
];

const moment = (at: string): string => `on ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC`;

function tested({ health: { testedAt } }: Checked): ChecklistItem {
  const detail = testedAt ? `Tested ${moment(testedAt)}, OK.` : 'No test of the connection was seen.';
  return { key: 'TESTED', done: testedAt !== null, detail };
}

function mapping({ unmapped: { examined, attributes } }: Checked): ChecklistItem {
  const paths = attributes.map(({ path }) => path);
  const sent = paths.length > 0 ? `No field takes ${paths.join(', ')}.` : 'Every attribute that was sent is taken.';
  const detail = examined === 0 ? 'Nobody was sent yet.' : sent;
  return { key: 'MAPPING_COMPLETE', done: examined > 0 && paths.length === 0, detail };
}

function recent({ health }: Checked): ChecklistItem {
  const last = lastRequestAt(health);
  const done = health.ranAt !== null && Date.parse(health.now) - Date.parse(health.ranAt) < SILENT_MS;
  return { key: 'RUN_RECENT', done, detail: last ? `The last request came ${moment(last)}.` : 'No request came yet.' };
}

function lasting({ health, secrets }: Checked): ChecklistItem {
  const now = Date.parse(health.now);
  const endOf = ({ expiresAt }: TokenRow) => (expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt));
  const ends = secrets.filter(({ revokedAt }) => revokedAt === null).map(endOf);
  const last = Math.max(0, ...ends);
  const done = last - now > MONTH_MS;
  if (last === Number.POSITIVE_INFINITY) return { key: 'TOKEN_LASTS', done, detail: 'The token has no end.' };
  if (last <= now) return { key: 'TOKEN_LASTS', done, detail: 'There is no token that lives.' };
  return { key: 'TOKEN_LASTS', done, detail: `The token ends ${moment(new Date(last).toISOString())}.` };
}
