import type { Reply } from './transport.ts';
import type { Verdict } from './verdict.ts';

/** One distinct refusal: how often, and the first exchange that showed it. `reference` marks manager and member writes. */
export interface Refusal {
  count: number;
  code: string;
  why: string;
  reference: boolean;
  status: number;
  method: string;
  path: string;
  body?: unknown;
  answer: string;
}

/** Keeps refusals, alike ones together. */
export class Ledger {
  readonly #refusals = new Map<string, Refusal>();

  note(
    request: { method: string; path: string; body?: unknown },
    reply: Reply,
    verdict: Verdict,
    reference: boolean,
  ): void {
    const { method, path, body } = request;
    const answer = reply.text.slice(0, 1000);
    const key = [verdict.code, verdict.why, method, alike(path), reply.status, alike(answer)].join('\n');
    const known = this.#refusals.get(key);
    if (known) {
      known.count++;
      return;
    }
    const { code, why } = verdict;
    this.#refusals.set(key, { count: 1, code, why, reference, status: reply.status, method, path, body, answer });
  }

  list(): Refusal[] {
    return [...this.#refusals.values()].sort((a, b) => b.count - a.count);
  }
}

// Two refusals are alike when only names, ids and numbers differ.
function alike(text: string): string {
  return text
    .replace(/\\"[^"]*\\"|'[^']*'/g, '…')
    .replace(/(\+eq\+)[^&]*/g, '$1…')
    .replace(/\/(Users|Groups)\/[^/?]+/g, '/$1/…')
    .replace(/[^\s"]+/g, (word) => (word.includes('@') ? '…' : word))
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+/gi, '…');
}
