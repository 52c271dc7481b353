import type { Credential } from './credential-store.ts';

/** Looks credentials up before any tenant is known; only sign-in does. */
export interface CredentialFinder {
  /** The credential with that public part, whatever its state, with its tenant and its directory's state. */
  find(keyId: string): Promise<FoundCredential | null>;
  /** Records that credentials were used, at most once a minute each. */
  touch(tenantId: string, id: string): Promise<void>;
}

export type FoundCredential = Credential & { tenantId: string; now: string; directoryState: string | null };
