/** One code that was asked for, for a number and a person. */
export type Asked = { e164: string; userId: string; at: string };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long codes that were asked for are counted. */
export const COUNTED_MS = 24 * HOUR_MS;

/** How often a code may be wrong. */
export const MOST_TRIES = 5;

/** How long a code may be entered after it was sent. */
export const CODE_MS = 10 * MINUTE_MS;

const limits = [
  { by: 'e164', most: 1, within: MINUTE_MS },
  { by: 'e164', most: 5, within: HOUR_MS },
  { by: 'userId', most: 10, within: COUNTED_MS },
] as const;

/** When one more code may be asked for, after those of the last day; null: now. */
export function whenAgain(asked: readonly Asked[], one: Asked): string | null {
  const now = Date.parse(one.at);
  let again = now;
  for (const { by, most, within } of limits) {
    const times = asked.filter((other) => other[by] === one[by]).map(({ at }) => Date.parse(at));
    const counted = times.filter((at) => at > now - within).sort((a, b) => b - a);
    if (counted.length >= most) again = Math.max(again, counted[most - 1]! + within);
  }
  return again > now ? new Date(again).toISOString() : null;
}
