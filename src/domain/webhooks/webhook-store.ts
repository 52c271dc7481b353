import type { NewEvent } from '../event.ts';
import type { EventPlace } from '../events/event-reader.ts';
import type { Page, Slice } from '../page.ts';
import type { Webhook, WebhookDelivery } from './webhook.ts';

/** Keeps endpoints; each write is one with its event. */
export interface WebhookStore {
  /** Begins with the events that no reader of the log has been shown yet. */
  insert(webhook: Webhook, event: NewEvent): Promise<void>;
  /** The endpoint, which nobody else changes before the transaction ends. */
  take(id: string): Promise<Webhook | null>;
  count(): Promise<number>;
  /** Writes `url`, `names`, `description`, `state` and `failingSince`. One that is switched on gives what waits a day anew. */
  update(webhook: Webhook, event: NewEvent): Promise<void>;
  /** From now on that salt; the one before is signed with too for so many hours. */
  rotate(id: string, salt: string, overlapHours: number, event: NewEvent): Promise<void>;
  delete(id: string, event: NewEvent): Promise<void>;
  /** The endpoint of a delivery; null where there is no such delivery. */
  webhookOf(deliveryId: string): Promise<string | null>;
  /** Makes it due at once, as if it had never been tried. */
  redeliver(deliveryId: string, event: NewEvent): Promise<void>;
  /** Sends what comes after that place in the log, whatever became of it before. */
  redeliverSince(id: string, place: EventPlace, event: NewEvent): Promise<void>;
}

/** Reads endpoints, the oldest first, and their deliveries, the newest first. */
export interface WebhookReader {
  list(tenantId: string): Promise<Webhook[]>;
  byIds(tenantId: string, ids: readonly string[]): Promise<Webhook[]>;
  deliveriesByIds(tenantId: string, ids: readonly string[]): Promise<WebhookDelivery[]>;
  /** One page for each. */
  deliveriesOf(tenantId: string, ids: readonly string[], slice: Slice, limit: number): Promise<Page<WebhookDelivery>[]>;
}
