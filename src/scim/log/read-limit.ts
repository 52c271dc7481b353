import type { AnsweredRequest } from './log-requests.ts';

/**
 * Successful reads that are kept, a second: several times what a directory asks for at its fastest (entra.md E7), and so
 * few that a hub at its limit does not spend itself on telling what it read.
 */
const MOST_READS = 200;

/** True for what may be kept: every write, every refusal, and so many reads a second. */
export function readLimit(): (answered: Pick<AnsweredRequest, 'method' | 'status' | 'at'>) => boolean {
  let second = 0;
  let reads = 0;
  return ({ method, status, at }) => {
    if (method !== 'GET' || status >= 400) return true;
    const now = Math.trunc(at / 1000);
    if (now !== second) {
      second = now;
      reads = 0;
    }
    return ++reads <= MOST_READS;
  };
}
