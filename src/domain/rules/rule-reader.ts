import type { RuleWork } from './rule-work.ts';

/** What rooms read about rules besides the policy. */
export interface RuleReader {
  /** The newest computation of the tenant, under way or finished; null when there was none. */
  work(tenantId: string): Promise<RuleWork | null>;
}
