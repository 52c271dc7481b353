import type { Claim } from './claim.ts';

/** An answer, to be given again byte for byte. */
export type KeptAnswer = { text: string; contentType: string };

/** What a request finds under its key. */
export type Standing =
  | { is: 'OURS' }
  | { is: 'REUSED' }
  | { is: 'IN_PROGRESS' }
  /** It was carried out, by the request of that id, and its answer is not there. */
  | { is: 'APPLIED'; requestId: string }
  | { is: 'ANSWERED'; answer: KeptAnswer };

/** The request that a key stands for. */
export type Keyed = { digest: Buffer; requestId: string };

/** Requests that were asked under a key, and their answers, for a day. */
export interface KeptAnswers {
  /** Claims the key for this request, unless it has stood for a request within the last day. */
  claim(claim: Claim, keyed: Keyed): Promise<Standing>;
  keep(claim: Claim, answer: KeptAnswer): Promise<void>;
  /** Ends the claim without an answer: what was not applied may be asked again. */
  letGo(claim: Claim): Promise<void>;
  /** Removes some rows of the tenant that are older than a day; returns how many. */
  forget(tenantId: string): Promise<number>;
}

/** What a command does with the claim of its request. */
export interface ClaimStore {
  /** Says in the transaction of the command that the request was applied. Throws LostClaim when it is another's now. */
  apply(claim: Claim): Promise<void>;
}
