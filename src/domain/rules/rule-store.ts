import type { NewEvent, Origin } from '../event.ts';
import type { Policy } from '../policy.ts';
import type { Contested, Recomputed } from './contested.ts';
import type { RuleWork } from './rule-work.ts';
import type { RuleChange } from './save-field-rules.ts';

export interface RuleStore {
  /**
   * Writes the rules, raises the policy's version, lifts the fence if there is one and notes what is to be computed, in
   * one statement; throws StaleWrite when another version than that one stands.
   */
  save(change: RuleChange, version: number): Promise<void>;
  /** Waits for that many ms until every write of people that had begun has ended; false when some are still running. */
  settleOlderWrites(milliseconds: number): Promise<boolean>;
  /**
   * Keeps all writers of people waiting, by raising the version to one that nobody is given, until the fence is lifted or
   * a second is over. Throws StaleWrite when another version than that one stands. Returns the new version.
   */
  fence(version: number): Promise<number>;
  /** Lets the writers go on under the rules as they were, and returns the version that then stands. */
  lift(version: number): Promise<number>;
  /** A place in the log: what `writtenSince` finds from there on includes every event that is not visible yet. */
  horizon(): Promise<string>;
  /** Stored ids of the people with events from that place on. */
  writtenSince(horizon: string): Promise<string[]>;
  /** Those of the keys of which more than one source may speak; a rule decides nothing about the others. */
  rivalled(keys: readonly string[]): Promise<readonly string[]>;
  /** People after `after`, by id, whose value could depend on a rule: those with more than one source. */
  contested(after: string | null, limit: number, keys: readonly string[]): Promise<Contested[]>;
  /** Those of the people who have more than one source. */
  contestedAmong(ids: readonly string[], keys: readonly string[]): Promise<Contested[]>;
  /**
   * Writes the new values of people, each with an event, in one statement. Returns the ids of those who were written:
   * the others have changed since they were read. Throws StaleWrite when the policy has moved on.
   */
  write(people: readonly Recomputed[], work: RuleWork, policy: Policy, origin: Origin): Promise<Set<string>>;
  /** The computation of the policy that stands: the one under way, a finished one, or a new one of all fields. */
  startWork(at: string): Promise<RuleWork>;
  /** Notes how far it is, unless another process was faster; returns how far it is then. */
  advance(work: RuleWork, last: string, examined: number, event: NewEvent | null): Promise<RuleWork>;
  /** Notes that everyone is computed under the policy of that version; returns the work as it ended. */
  finish(work: RuleWork, at: string, event: NewEvent | null): Promise<RuleWork>;
}
