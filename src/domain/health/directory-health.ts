import type { DirectoryState } from '../policy.ts';
import type { CountedReason } from '../requests/reasons.ts';
import { type Cycle, failuresIn } from './quarantine.ts';

/** The last request that was refused or failed. */
export type LastFailure = {
  at: string;
  status: number;
  method: string;
  path: string;
  scimType: string | null;
  /** Where in what was sent, as its refusal says. */
  attribute: string | null;
};

/** What is known of how a directory fares; times are null for what has not been. */
export type HealthRow = {
  directoryId: string;
  name: string;
  state: DirectoryState;
  /** By the clock of the database. */
  now: string;
  /** When its newest run had its last request. */
  ranAt: string | null;
  testedAt: string | null;
  /** When it last failed to sign in, and why. */
  refusedAt: string | null;
  refusedFor: string | null;
  lastFailure: LastFailure | null;
  /** The newest run of the last 24 hours in which anything was written or refused; none: 0 and no reason. */
  requests: number;
  reasons: CountedReason[];
};

/** When it last asked for anything, let in or not. */
export const lastRequestAt = ({ ranAt, refusedAt }: HealthRow): string | null =>
  ranAt && refusedAt ? (ranAt > refusedAt ? ranAt : refusedAt) : (ranAt ?? refusedAt);

/** What decides over its quarantine. */
export const cycleOf = (row: HealthRow): Cycle => ({
  requests: row.requests,
  reasons: row.reasons,
  isTurnedAway: row.refusedAt !== null && row.refusedAt === lastRequestAt(row),
});

/** The share of what it asked for that was refused or failed. */
export const failureShare = ({ requests, reasons }: HealthRow): number =>
  requests === 0 ? 0 : failuresIn(reasons) / requests;

/** The last refusal in one sentence: when, what and why; null where there was none. */
export function lastRefusal({ refusedAt, refusedFor, lastFailure }: HealthRow): string | null {
  if (refusedAt && (!lastFailure || refusedAt > lastFailure.at)) return `401 ${moment(refusedAt)}: ${refusedFor}.`;
  if (!lastFailure) return null;
  const { at, status, method, path, scimType, attribute } = lastFailure;
  const why = scimType ?? (status >= 500 ? 'the hub failed' : 'refused');
  return `${status} ${moment(at)}: ${method} ${resourceIn(path)}, ${why}${attribute ? ` (${attribute})` : ''}.`;
}

const moment = (at: string): string => `on ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC`;

/** Where it was, without whom it was about. */
const resourceIn = (path: string): string => `/${/^\/scim\/v2\/([A-Za-z]+)/.exec(path)?.[1] ?? ''}`;

/** Reads how directories fare. */
export interface HealthReader {
  ofDirectories(tenantId: string, directoryIds: readonly string[]): Promise<HealthRow[]>;
  /** How many people each directory holds, how many of them are in none of its groups, and some of these. */
  coverage(tenantId: string, directoryIds: readonly string[]): Promise<Coverage[]>;
}

/** The people of a directory and those in none of its groups; `sample` holds stored ids, the newest people first. */
export type Coverage = { directoryId: string; users: number; inNoGroup: number; sample: string[] };
