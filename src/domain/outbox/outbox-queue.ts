import type { JsonObject } from '../json.ts';

/** A row that this process alone may send, until its lease ends; `lease` names that one taking. */
export type LeasedItem = {
  tenantId: string;
  id: string;
  kind: string;
  payload: JsonObject;
  /** How often it was taken, this time included. */
  attempts: number;
  lease: string;
};

/** Rows that wait, and rows that were given up. */
export type OutboxCount = { waiting: number; dead: number };

/** The outbox of all tenants as the worker sees it. Times are the database's; what has lost its lease changes nothing. */
export interface OutboxQueue {
  /** Takes at most that many rows that are due, the oldest first; rows that others have taken are passed over. */
  lease(count: number): Promise<LeasedItem[]>;
  /** Keeps a row that is still being sent. */
  extend(item: LeasedItem): Promise<void>;
  /** Forgets what was sent; under a dedupeKey an empty row stays. */
  sent(item: LeasedItem): Promise<void>;
  /** Due again after so many seconds; given up where that is `final`, or later than a day after it was first due. */
  failed(item: LeasedItem, failure: { reason: string; againInSeconds: number; final: boolean }): Promise<void>;
  count(): Promise<OutboxCount>;
}

/** Sends what was put under one kind; whatever it throws is tried again later. */
export type Sender = (item: LeasedItem) => Promise<void>;

/** Thrown by a sender where trying again is of no use. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}
