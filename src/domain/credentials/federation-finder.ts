import type { Federation } from './federation-store.ts';

/** Looks trusts up before any tenant is known; only the token endpoint does. */
export interface FederationFinder {
  /** The trust of that directory, by its stored id. */
  ofDirectory(directoryId: string): Promise<FoundFederation | null>;
  /** The one trust of that key; null where there is none, and where several directories have it. */
  ofTrust(trustKey: string): Promise<FoundFederation | null>;
}

export type FoundFederation = Federation & {
  /** The hub's tenant, not Entra's. */
  ownerId: string;
  directoryName: string;
  directoryState: string;
};
