import type { Rehearsal } from '../rehearsal/rehearsal.ts';
import type { Credential } from './credential-store.ts';

/** Looks credentials up before any tenant is known; only sign-in does. */
export interface CredentialFinder {
  /** The credential with that public part, whatever its state, with its tenant and its directory's state. */
  find(keyId: string): Promise<FoundCredential | null>;
  /** Records that credentials were used, at most once a minute each. */
  touch(tenantId: string, id: string): Promise<void>;
}

export type FoundCredential = Credential & {
  tenantId: string;
  now: string;
  directoryState: string | null;
  /** Where its directory is answered from, if that is not the tenant. */
  rehearsal: Pick<Rehearsal, 'shadowId' | 'phase'> | null;
};

/** Why a credential opens nothing any more; null while it does. */
export function whyEnded({ revokedAt, expiresAt, now, directoryState }: FoundCredential): string | null {
  if (revokedAt !== null) return 'the token was revoked';
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.parse(now)) return 'the token is expired';
  return directoryState === 'DISCONNECTED' ? 'the directory is disconnected' : null;
}
