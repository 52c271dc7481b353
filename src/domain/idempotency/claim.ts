import { StaleWrite } from '../errors.ts';

/** That this process answers the request of that key; another process may have taken over when it takes too long. */
export type Claim = {
  tenantId: string;
  /** Whoever asks, as events name them: the same key of another caller is another key. */
  caller: string;
  key: string;
  /** Names one claim by one process. */
  id: string;
  /** A command of the request has come through, and the row says so. */
  isApplied?: true;
};

/** Another process answers the request meanwhile, so this one must not do it too. */
export class LostClaim extends StaleWrite {}

/** The claim that the transaction of a command has to mark as applied; null where it is, or belongs to another tenant. */
export const claimToApply = (claim: Claim | undefined, tenantId: string): Claim | null =>
  claim && !claim.isApplied && claim.tenantId === tenantId ? claim : null;
