import type { FieldRule } from '../../fields/rule.ts';
import type { NewEvent } from '../event.ts';
import type { Policy } from '../policy.ts';
import type { Person } from '../users/person.ts';

export interface RuleStore {
  /** Writes the rules and raises the policy's version; throws StaleWrite when it is not the one given. */
  save(rules: ReadonlyMap<string, FieldRule>, policy: Policy, event: NewEvent): Promise<void>;
  /** Waits until every write that was computed under an older policy has ended. */
  settleOlderWrites(): Promise<void>;
  /** People after `after`, by id, whose value could depend on a rule: those with more than one source. Locks them. */
  lockContested(after: string | null, limit: number): Promise<Person[]>;
  /** Records that every person is computed under that policy. */
  markApplied(version: number): Promise<void>;
}
