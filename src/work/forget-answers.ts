import type { KeptAnswers } from '../domain/idempotency/kept-answers.ts';
import { repeat } from './repeat.ts';

const HOUR_MS = 3_600_000;

/** Removes, now and every hour, the keys and answers of requests that are older than a day. Returns what ends it. */
export const forgetAnswers = (
  answers: KeptAnswers,
  tenants: () => Promise<string[]>,
  onFailure: (error: unknown) => void,
): (() => Promise<void>) =>
  repeat(
    HOUR_MS,
    async (isOver) => {
      for (const tenantId of await tenants()) while (!isOver() && (await answers.forget(tenantId)) > 0);
    },
    onFailure,
  );
