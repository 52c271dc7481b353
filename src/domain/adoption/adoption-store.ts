import type { NewEvent } from '../event.ts';

/** Why an admin is asked: the record has the e-mail address, or the userName, of a person whom the directory may not take. */
export type AdoptionReason = 'EMAIL' | 'USER_NAME';
export type AdoptionDecision = 'APPROVED' | 'DECLINED';

/** A record that may mean a person who is here; ids are stored ids. */
export type AdoptionRequest = {
  id: string;
  directoryId: string;
  externalId: string;
  userName: string;
  email: string | null;
  userId: string;
  reason: AdoptionReason;
  askedAt: string;
  decision: AdoptionDecision | null;
  decidedAt: string | null;
};

export interface AdoptionStore {
  find(id: string): Promise<AdoptionRequest | null>;
  /** True when an admin has answered for that record. */
  isDecided(directoryId: string, externalId: string): Promise<boolean>;
  /** Notes the request unless the same is there already, decided or not; true when it is new. */
  ask(request: AdoptionRequest, event: NewEvent): Promise<boolean>;
  /** Notes the decision; false when somebody has decided meanwhile. */
  decide(id: string, decision: AdoptionDecision, event: NewEvent): Promise<boolean>;
}

/** Reads what was asked, the newest first. */
export interface AdoptionReader {
  list(tenantId: string, open: boolean | null, most: number): Promise<AdoptionRequest[]>;
}
