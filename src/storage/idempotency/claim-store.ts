import { type Claim, LostClaim } from '../../domain/idempotency/claim.ts';
import type { ClaimStore } from '../../domain/idempotency/kept-answers.ts';
import type { Session } from '../database.ts';
import { applyClaim } from './claim-statements.ts';

/** Claims, within the transaction of a command. */
export const claimStore = (session: Session): ClaimStore => ({
  async apply(claim) {
    const rows = await session.run(applyClaim, valuesOf(claim));
    if (rows.length === 0) throw new LostClaim();
  },
});

/** What tells a claim from all others. */
export const valuesOf = ({ tenantId, caller, key, id }: Claim): unknown[] => [tenantId, caller, key, id];
