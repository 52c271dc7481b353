import type { Scope } from '../actor.ts';
import type { NewEvent } from '../event.ts';

/** A directory token or an API key, without its secret. */
export type Credential = {
  id: string;
  /** The public part, by which it is looked up. */
  keyId: string;
  /** Keyed digest of the whole secret. */
  digest: Buffer;
  name: string;
  scopes: Scope[];
  directoryId: string | null;
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
};

export interface CredentialStore {
  find(id: string): Promise<Credential | null>;
  insert(credential: Credential, event: NewEvent): Promise<void>;
  revoke(credential: Credential, at: string, event: NewEvent): Promise<void>;
  /** Lets every other live token of the directory end at that time, unless it ends before. */
  expireOthers(credential: Credential, at: string): Promise<void>;
}
