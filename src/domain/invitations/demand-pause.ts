import type { Context } from '../command.ts';
import { HubError } from '../errors.ts';
import type { Person } from '../users/person.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const A_DAY = 5;

/** Refuses a link within a minute of the last one, and a sixth within a day, and says when there may be one. */
export async function demandPause({ tx }: Context, { id, userName }: Person): Promise<void> {
  const { now, times } = await tx.invitations.lockRecent(id);
  const made = times.map((time) => Date.parse(time));
  const last = made.at(-1);
  const fifth = made.at(-A_DAY);
  const next = Math.max(last ? last + MINUTE_MS : 0, fifth ? fifth + DAY_MS : 0);
  if (next <= Date.parse(now)) return;
  const at = new Date(next).toISOString();
  throw new HubError('NOT_ALLOWED', `${userName} can be sent another invitation at ${at}, not before.`, {
    path: ['user'],
  });
}
