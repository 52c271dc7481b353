import type { Scope } from '../actor.ts';
import type { Context } from '../command.ts';
import type { Credential, CredentialKind } from '../credentials/credential-store.ts';
import { newSecret, type SecretKind } from '../credentials/secret.ts';
import { newId } from '../ids.ts';

/** A credential and its secret, which is shown here and never again. */
export type IssuedToken = { credential: Credential; secret: string };

const forms: Record<CredentialKind, { secret: SecretKind; scopes: Scope[] }> = {
  TOKEN: { secret: 'scim', scopes: ['provision'] },
  CLIENT_SECRET: { secret: 'client', scopes: [] },
  ACCESS_TOKEN: { secret: 'access', scopes: ['provision'] },
};

/** A new credential of that directory, not yet kept anywhere. */
export function newCredential(
  { origin, seal }: Context,
  kind: CredentialKind,
  directory: { id: string; name: string },
  expiresAt: string,
  issuedBy: string | null = null,
): IssuedToken {
  const { secret, keyId } = newSecret(forms[kind].secret);
  const credential: Credential = {
    id: newId(),
    kind,
    keyId,
    digest: seal(secret),
    name: directory.name,
    scopes: forms[kind].scopes,
    directoryId: directory.id,
    createdBy: origin.actor,
    createdAt: origin.at,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
    issuedBy,
  };
  return { credential, secret };
}

/** How long a token or client secret lives unless its maker says otherwise. */
export const YEAR_DAYS = 365;

/** The time so many days later, in ISO 8601. */
export const daysFrom = (at: string, days: number): string =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString();
