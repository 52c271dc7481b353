import type { NewEvent } from '../event.ts';
import type { Person } from '../users/person.ts';

/** How many people may have access, how many do, and how many wait for it. `limit` null: any number may. */
export type SeatUsage = { limit: number | null; used: number; parked: number };

/** Counts seats. A seat is counted where a person is written (`users.seated`), so that no way of writing can forget it. */
export interface SeatStore {
  /** Keeps every other taking and freeing of seats out until the transaction ends; null where there is no limit. */
  lock(): Promise<{ limit: number; used: number } | null>;
  /** Who has waited longest, locked; null when nobody waits. */
  oldestParked(): Promise<Person | null>;
  /** People who should have a seat and have none, because a rule made them members; locked, at most so many. */
  unseated(most: number): Promise<Person[]>;
  /** Sets the limit under a new version of the policy; throws StaleWrite when another than that one stands. */
  setLimit(limit: number | null, version: number, event: NewEvent): Promise<void>;
  /** Counts the seats that are taken, once nobody writes who knew of no limit. */
  count(): Promise<void>;
}

/** Reads how seats stand. */
export interface SeatReader {
  usage(tenantId: string): Promise<SeatUsage>;
}
