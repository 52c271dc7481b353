import { setTimeout as pause } from 'node:timers/promises';
import { type Hub, run } from '../domain/command.ts';
import { systemActor } from '../domain/system-actor.ts';
import { type SwitchedOffFor, switchOffWebhook } from '../domain/webhooks/switch-off-webhook.ts';
import { webhookBody } from '../domain/webhooks/webhook-body.ts';
import type { Courier, DueDelivery, LeasedWebhook, WebhookQueue } from '../domain/webhooks/webhook-queue.ts';
import { repeat } from './repeat.ts';
import { sendInLanes } from './send-in-lanes.ts';

/** What events are sent with. */
export type WebhookParts = { hub: Hub; queue: WebhookQueue; courier: Courier; log(line: string): void };

/** Time between two looks, in ms. */
const PAUSE_MS = 250;
/** How many endpoints are sent to at once. */
const ENDPOINTS_AT_ONCE = 4;
/** How many events of an endpoint are read at once. */
const EVENTS_AT_ONCE = 100;
/** Time after which an endpoint is given to whoever is next, in ms; with the last answers, well within its lease. */
const TURN_MS = 5_000;
/** How long a stop waits for what is being sent, in ms; what takes longer is sent again when its lease ends. */
const STOP_MS = 5_000;

/** Sends events to endpoints, beside other hubs on the same database; returns what ends it, after what is under way. */
export function sendWebhooks(parts: WebhookParts): () => Promise<void> {
  const { queue, log } = parts;
  const busy = new Set<Promise<void>>();
  const stopLooking = repeat(
    PAUSE_MS,
    async (isOver) => {
      const free = ENDPOINTS_AT_ONCE - busy.size;
      for (const taken of free > 0 ? await queue.lease(free) : []) {
        const turn: Promise<void> = takeTurn(parts, taken, isOver)
          .catch((error) => log(`work send-webhooks ${taken.id} ${error}`))
          .finally(() => busy.delete(turn));
        busy.add(turn);
      }
    },
    (error) => log(`work send-webhooks ${error}`),
  );
  return async () => {
    await stopLooking();
    const patience = new AbortController();
    const enough = pause(STOP_MS, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([Promise.all(busy), enough]);
    patience.abort();
  };
}

/** Sends to one endpoint until nothing is due there, or it has had its time. */
async function takeTurn(parts: WebhookParts, taken: LeasedWebhook, isOver: () => boolean): Promise<void> {
  const { hub, queue } = parts;
  const end = performance.now() + TURN_MS;
  const isLate = () => isOver() || performance.now() > end;
  let isSending = true;
  while (isSending && !isLate()) {
    const endpoint = await queue.advance(taken);
    if (!endpoint) break;
    const due = await queue.due(taken, EVENTS_AT_ONCE);
    if (due.length === 0) {
      isSending = endpoint.isBehind;
      continue;
    }
    const post = await openWay(parts, taken, endpoint);
    const attempts = await sendInLanes(due, post.send, isLate).finally(post.close);
    const failsLong = await queue.settle(taken, attempts);
    const reason = attempts.some(({ status }) => status === 410) ? 'GONE' : failsLong ? 'UNREACHABLE' : null;
    if (reason) await switchOff(hub, taken, reason);
    // Where nothing arrives, the others have their turn before it is tried with more.
    isSending = reason === null && attempts.some(({ delivered }) => delivered);
  }
  await queue.release(taken);
}

const switchOff = (hub: Hub, { tenantId, id }: LeasedWebhook, reason: SwitchedOffFor): Promise<void> =>
  run(hub, { actor: systemActor(tenantId), requestId: 'send-webhooks' }, switchOffWebhook, { id, reason });

type Post = { send(event: DueDelivery): Promise<number>; close(): void };

/** Where the endpoint may not be called, that is what becomes of each event. */
async function openWay(
  { hub, courier }: WebhookParts,
  { tenantId, id }: LeasedWebhook,
  endpoint: Parameters<Courier>[2],
): Promise<Post> {
  const { fields } = await hub.storage.policy(tenantId, true);
  try {
    const way = await courier(tenantId, id, endpoint);
    return { send: (event) => way.post(event, webhookBody(event, fields.known)), close: way.close };
  } catch (error) {
    return { send: () => Promise.reject(error), close: () => {} };
  }
}
