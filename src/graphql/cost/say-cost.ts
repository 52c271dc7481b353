import type { GraphQLFormattedError } from 'graphql';
import type { Drawn } from './budget.ts';
import { MOST_COST } from './prices.ts';

/** What every answer says of its cost, as `extensions.cost`. */
export const costExtension = (requested: number, { available, capacity, restoreRate }: Drawn) => ({
  requested,
  available,
  capacity,
  restoreRate,
});

/** The same in headers, as draft-ietf-httpapi-ratelimit-headers-10 names them; Retry-After for who must wait. */
export function costHeaders({ available, capacity, restoreRate, waitSeconds }: Drawn): [string, string][] {
  const secondsToFull = (points: number) => Math.ceil(points / restoreRate);
  const headers: [string, string][] = [
    ['ratelimit-policy', `"points";q=${capacity};w=${secondsToFull(capacity)}`],
    ['ratelimit', `"points";r=${available};t=${secondsToFull(capacity - available)}`],
  ];
  if (waitSeconds > 0) headers.push(['retry-after', String(Math.ceil(waitSeconds))]);
  return headers;
}

/** Why a request is refused that costs more than any may. */
export const tooCostly = (cost: number): GraphQLFormattedError => ({
  message: `The query costs ${cost} points; one request may cost ${MOST_COST}. Ask for shorter lists in lists.`,
  extensions: { code: 'MAX_COST_EXCEEDED', cost, limit: MOST_COST },
});

/** Why a request is refused for now. */
export const throttled = (cost: number, { available, waitSeconds }: Drawn): GraphQLFormattedError => ({
  message: `The query costs ${cost} points and ${available} are left; try again in ${Math.ceil(waitSeconds)} s.`,
  extensions: { code: 'THROTTLED', cost },
});
