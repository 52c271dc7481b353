import type { NewEvent } from '../event.ts';
import type { DirectoryState, Policy } from '../policy.ts';

/** What a brake counts: people who would go or leave a group, and people who would come. */
export type Counted = 'LOSS' | 'CREATE';

/** What is held of a person until an admin decides. */
export type Held = 'DEACTIVATION' | 'DELETION' | 'CREATE';

/** What an admin decides about all that a brake holds. */
export type BrakeDecision = 'ALLOW_HELD' | 'RESTORE';

/** What a brake has counted within the hour, and how many people were active at its beginning. */
export type Count = { state: DirectoryState; counted: number; base: number };

/** A person who counted, with the transactions of the events; held: null where the write was carried out. */
export type BrakePerson = { kind: Counted; userId: string; held: Held | null };

/** A release that is under way, of a stored directory. */
export type Batch = { directoryId: string; decision: BrakeDecision };

/** One event of a person who counted; `membership`: of which, or null for one of their record. */
export type CountedEvent = { seq: string; membership: string | null };

export interface BrakeStore {
  /**
   * Counts these people once each and returns what the count then is. Keeps every other count of that directory out until
   * the transaction ends, so that of writes at once exactly one is the first that is too many.
   */
  count(directoryId: string, kind: Counted, userIds: readonly string[]): Promise<Count>;
  /** Trips the brake and raises the policy's version; throws StaleWrite when that is not the one given. */
  trip(directoryId: string, reason: Counted, most: number, policy: Policy, event: NewEvent): Promise<void>;
  /** Notes what is held of somebody who was counted in this transaction. */
  hold(directoryId: string, kind: Counted, userId: string, held: Held): Promise<void>;
  /** Notes the decision; false where another one is being carried out. */
  decide(directoryId: string, decision: BrakeDecision, event: NewEvent): Promise<boolean>;
  /** Forgets people of whom nothing is to be done, at most so many; returns how many they were. */
  forgetCounted(directoryId: string, decision: BrakeDecision, most: number): Promise<number>;
  /** The next people of whom something is to be done. */
  next(directoryId: string, most: number): Promise<BrakePerson[]>;
  /** The person, kept from others until the transaction ends; null where somebody else is done with them. */
  claim(directoryId: string, kind: Counted, userId: string): Promise<BrakePerson | null>;
  /** The person's events in what was counted, the oldest first, without memberships that are held. */
  eventsOf(directoryId: string, userId: string): Promise<CountedEvent[]>;
  forget(directoryId: string, kind: Counted, userId: string): Promise<void>;
  /** Lets the brake go when nothing is held any more, and begins a new window; false: something is. */
  finish(directoryId: string, policy: Policy, event: NewEvent): Promise<boolean>;
  /** Directories whose release was under way when the hub stopped. */
  unfinished(): Promise<Batch[]>;
}

/** How a brake that is on stands: what tripped it, at which limit, what it has counted, and what is held. */
export type BrakeRow = {
  directoryId: string;
  trippedAt: string;
  reason: Counted;
  counted: number;
  limit: number;
  decision: BrakeDecision | null;
  deactivations: number;
  deletions: number;
  removals: number;
  creates: number;
  /** A few of the people who are held, or were counted, by stored id. */
  sample: string[];
};

export interface BrakeReader {
  /** Those of these directories' brakes that are on. */
  ofDirectories(tenantId: string, directoryIds: readonly string[]): Promise<BrakeRow[]>;
}
