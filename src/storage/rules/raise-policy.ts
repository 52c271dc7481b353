import type { Statement } from '../database.ts';

/**
 * What the writes of the tenant `$1` are computed under changes: those that were begun under the old policy will write
 * nothing. Sets `also` beside it, and nothing where the policy is not the one of `standing`.
 */
export const raising = (also = '', standing = 'policy_version = $2'): string => `
update tenants set policy_version = policy_version + 1${also && `, ${also}`}
where id = $1 and ${standing}
returning policy_version as version`;

/** Whoever had been computed under the version so many before this one need not be again: the rules are the same. */
export const keepingApplied = (before = 0): string => `
  applied_policy_version = case applied_policy_version
    when policy_version - ${before} then policy_version + 1 else applied_policy_version end`;

/** $2 the version that was read. Everyone is to be computed anew. */
export const raisePolicy: Statement = { name: 'raise-policy', text: raising() };

/** As `raisePolicy`, where the rules stay as they are. */
export const raisePolicyOnly: Statement = { name: 'raise-policy-only', text: raising(keepingApplied()) };
