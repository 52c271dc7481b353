import type { Scope } from '../actor.ts';
import type { NewEvent } from '../event.ts';

/**
 * `TOKEN`: a directory token or an API key. `CLIENT_SECRET`: opens the token endpoint and nothing else.
 * `ACCESS_TOKEN`: what the token endpoint gave out.
 */
export type CredentialKind = 'TOKEN' | 'CLIENT_SECRET' | 'ACCESS_TOKEN';

/** A secret that the hub gave out, without the secret. */
export type Credential = {
  id: string;
  kind: CredentialKind;
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
  /** The client secret that an access token came from; null where an identity provider's assertion stood for it. */
  issuedBy: string | null;
};

/** What a client proved itself by: one of its secrets, or an assertion under the trust of that key. */
export type Proof = { by: 'secret'; id: string } | { by: 'federation'; trustKey: string };

export interface CredentialStore {
  find(id: string): Promise<Credential | null>;
  insert(credential: Credential, event: NewEvent): Promise<void>;
  revoke(credential: Credential, at: string, event: NewEvent): Promise<void>;
  /**
   * Adds an access token, and removes those of the directory that have ended or are too many. False, and nothing is
   * written, when the proof does not stand any more.
   */
  issue(token: Credential, proof: Proof, event: NewEvent): Promise<boolean>;
  /** Removes the access tokens of the directory that came from that client secret; null: from its federation. */
  removeIssued(directoryId: string, secretId: string | null): Promise<void>;
  /** Tokens and client secrets of the directory that are not revoked. */
  standing(directoryId: string): Promise<Credential[]>;
  /** Removes every access token of the directory. */
  removeAccessTokens(directoryId: string): Promise<void>;
  /** Lets every other live token of the directory end at that time, unless it ends before. */
  expireOthers(credential: Credential, at: string): Promise<void>;
}
