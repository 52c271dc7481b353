import type { Statement } from '../database.ts';

/** What a tenant's writes are computed under changes: those that were begun under the old policy will write nothing. */
export const raisePolicy: Statement = {
  name: 'raise-policy-to-disconnect',
  text: `
update tenants set policy_version = policy_version + 1 where id = $1 and policy_version = $2 returning 1 as one`,
};
