import type { EventPlace, EventRow } from '../events/event-reader.ts';

/** An endpoint that this process alone sends to, until its lease ends; `lease` names that one taking. */
export type LeasedWebhook = { tenantId: string; id: string; lease: string };

/** What an endpoint is sent to by; `oldSalt` only while it is still signed with, `isBehind` where the log goes on at once. */
export type Endpoint = { url: string; salt: string; oldSalt: string | null; isBehind: boolean };

/** An event that is due; `attempts`: how often it was tried before. */
export type DueDelivery = EventRow & { id: string; attempts: number };

/** What became of one attempt; `status` is the answer's, null where there was none. */
export type Attempt = {
  id: string;
  attempts: number;
  delivered: boolean;
  status: number | null;
  error: string | null;
  /** Due again after so many seconds, where it was not delivered. */
  againInSeconds: number;
};

/** Endpoints of all tenants as the worker sees them. Times are the database's. */
export interface WebhookQueue {
  /** Takes at most that many endpoints that are to be looked at; those that others have taken are passed over. */
  lease(count: number): Promise<LeasedWebhook[]>;
  /**
   * Keeps the endpoint, makes deliveries of what the log has after its cursor, and moves the cursor on; null where the
   * lease is lost or the endpoint is off. What is under way in the log is left for later.
   */
  advance(taken: LeasedWebhook): Promise<Endpoint | null>;
  /** What is due, in the order of the log: nothing of a subject of which something earlier waits for its next attempt. */
  due(taken: LeasedWebhook, count: number): Promise<DueDelivery[]>;
  /** Notes what became of them; true where nothing has arrived for three days. */
  settle(taken: LeasedWebhook, attempts: readonly Attempt[]): Promise<boolean>;
  release(taken: LeasedWebhook): Promise<void>;
}

/** Opens the way to an endpoint, for a few seconds; throws where it may not be called. */
export type Courier = (tenantId: string, webhookId: string, endpoint: Endpoint) => Promise<Way>;

/** Posts bodies to one endpoint and tells the status of its answers. */
export type Way = { post(event: EventPlace, body: string): Promise<number>; close(): void };
