import type { Federation } from '../credentials/federation-store.ts';
import type { Page, Slice } from '../page.ts';
import type { Directory } from './directory-store.ts';

/** What an admin made for a directory; access tokens, which come and go by the hour, are listed nowhere. */
export type TokenKind = 'TOKEN' | 'CLIENT_SECRET';

/** A directory's token or client secret, without the secret. */
export type TokenRow = {
  id: string;
  directoryId: string;
  /** The public part of the secret. */
  keyId: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
};

/** A directory's trust. */
export type FederationRow = Omit<Federation, 'createdBy'>;

/** A directory's group; ids are stored ids. */
export type GroupRow = {
  id: string;
  directoryId: string;
  externalId: string | null;
  displayName: string;
  teamId: string | null;
};

/** Reads directories, oldest first, with their tokens. */
export interface DirectoryReader {
  list(tenantId: string): Promise<Directory[]>;
  byIds(tenantId: string, ids: readonly string[]): Promise<Directory[]>;
  /** Every token of that kind of each directory, newest first. */
  tokens(tenantId: string, directoryIds: readonly string[], kind: TokenKind): Promise<TokenRow[]>;
  tokensByIds(tenantId: string, ids: readonly string[], kind: TokenKind): Promise<TokenRow[]>;
  federations(tenantId: string, directoryIds: readonly string[]): Promise<FederationRow[]>;
}

/** Reads directories' groups, by name. */
export interface GroupReader {
  byIds(tenantId: string, ids: readonly string[]): Promise<GroupRow[]>;
  ofDirectories(
    tenantId: string,
    directoryIds: readonly string[],
    slice: Slice,
    limit: number,
  ): Promise<Page<GroupRow>[]>;
  ofTeams(tenantId: string, teamIds: readonly string[]): Promise<GroupRow[]>;
  countsOfDirectories(tenantId: string, directoryIds: readonly string[]): Promise<number[]>;
  /** How many people each group has whom its directory still holds and a list of people would show. */
  memberCounts(tenantId: string, groupIds: readonly string[]): Promise<number[]>;
}
