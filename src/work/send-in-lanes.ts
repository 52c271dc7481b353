import type { Attempt, DueDelivery } from '../domain/webhooks/webhook-queue.ts';
import { waitAfter } from './send-outbox.ts';

/** How many are sent at once to one endpoint. */
const LANES = 16;

/**
 * Sends events, those of one subject one after the other and those of several beside each other. After a failure the
 * others of its subject are left out, and once it is late all that are not begun.
 */
export async function sendInLanes(
  due: readonly DueDelivery[],
  send: (event: DueDelivery) => Promise<number>,
  isLate: () => boolean,
): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const subjects = Map.groupBy(due, ({ subjectId }) => subjectId).values();
  const lane = async (): Promise<void> => {
    for (const events of subjects) {
      for (const event of events) {
        if (isLate() && attempts.length > 0) return;
        const attempt = await attemptOf(event, send);
        attempts.push(attempt);
        if (attempt.status === 410) return;
        if (!attempt.delivered) break;
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return attempts;
}

async function attemptOf(event: DueDelivery, send: (event: DueDelivery) => Promise<number>): Promise<Attempt> {
  const { id, attempts } = event;
  const againInSeconds = waitAfter(attempts + 1);
  try {
    const status = await send(event);
    const delivered = status >= 200 && status <= 299;
    return { id, attempts, delivered, status, error: delivered ? null : `answered ${status}`, againInSeconds };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    return { id, attempts, delivered: false, status: null, error: reason, againInSeconds };
  }
}
