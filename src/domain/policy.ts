import { defaultRule, type FieldRule } from '../fields/rule.ts';

export type DirectoryState = 'DRAFT' | 'ACTIVE' | 'REHEARSAL' | 'PAUSED' | 'BRAKED' | 'DISCONNECTED';

/**
 * What an admin decided for the whole tenant, at one version. Every write of a person names the version that it was
 * computed with and is refused by storage when that is no longer the tenant's, so no process can apply an old rule.
 */
export type Policy = {
  version: number;
  rules: ReadonlyMap<string, FieldRule>;
  /** Stored ids of the directories that are disconnected. */
  disconnected: ReadonlySet<string>;
};

/** The rule of a field under that policy. */
export const ruleOf = (policy: Policy, key: string): FieldRule => policy.rules.get(key) ?? defaultRule;
