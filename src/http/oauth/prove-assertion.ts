import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { FederationFinder, FoundFederation } from '../../domain/credentials/federation-finder.ts';
import { isAudience, isGuid, type Trust, trustKeyOf } from '../../domain/credentials/federation-store.ts';
import { uuidOf } from '../../domain/ids.ts';
import { type Claimed, invalidClient, OauthFault } from './faults.ts';
import { IssuerUnavailable, type KeysOf } from './issuer-keys.ts';
import { clientActor, type ProvenClient } from './proven-client.ts';
import type { Presented } from './token-request.ts';

const PARAMETER = 'client_assertion';
const TOLERANCE_SECONDS = 60;
/** Entra's own live for about an hour; one that is older or lives longer than a day is none of its making. */
const LONGEST_SECONDS = 24 * 3600;

/** Where assertions come from: the address that all issuers begin with, and their keys. */
export type Authority = { url: string; keysOf: KeysOf };

/**
 * Checks an assertion of Entra (RFC 7523 §3, entra.md A15) against the trust of its directory. Nothing in the assertion
 * says where the keys are: that follows from the trust. Throws OauthFault and IssuerUnavailable.
 */
export const proveAssertion =
  (finder: FederationFinder, authority: Authority) =>
  async ({ clientId, assertion }: Extract<Presented, { by: 'assertion' }>): Promise<ProvenClient> => {
    const found = await findTrust(finder, authority, clientId, assertion);
    if (!found) throw invalidClient(PARAMETER);
    const { ownerId, directoryId, directoryName } = found;
    const claimed = { tenantId: ownerId, directoryId, label: directoryName };
    if (found.directoryState === 'DISCONNECTED') throw invalidClient(PARAMETER, claimed);
    const { exp } = await verify(assertion, found, authority, claimed);
    const endsAt = new Date(exp! * 1000).toISOString();
    const proof = { by: 'federation', trustKey: trustKeyOf(found) } as const;
    return {
      actor: clientActor(claimed),
      proven: { directory: { id: directoryId, name: directoryName }, proof, endsAt },
    };
  };

/** The trust that the client names, else the one that the assertion would fit: a key to look it up by, and no more. */
async function findTrust(
  finder: FederationFinder,
  authority: Authority,
  clientId: string | null,
  assertion: string,
): Promise<FoundFederation | null> {
  if (clientId !== null) {
    const directoryId = uuidOf('dir', clientId);
    return directoryId === null ? null : finder.ofDirectory(directoryId);
  }
  const trust = claimedTrust(authority.url, assertion);
  return trust && finder.ofTrust(trustKeyOf(trust));
}

function claimedTrust(authority: string, assertion: string): Trust | null {
  const { iss, aud, sub } = unverified(assertion);
  const tenantId = typeof iss === 'string' ? iss.slice(authority.length + 1, -'/v2.0'.length) : null;
  if (!isGuid(tenantId) || iss !== issuerOf(authority, tenantId) || !isAudience(aud) || !isGuid(sub)) return null;
  return { tenantId, audience: aud, subject: sub };
}

function unverified(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch (error) {
    if (isBad(error)) return {};
    throw error;
  }
}

async function verify(assertion: string, trust: FoundFederation, { url, keysOf }: Authority, claimed: Claimed) {
  const payload = await check(assertion, trust, issuerOf(url, trust.tenantId), keysOf(trust.tenantId), claimed);
  const { aud, tid, exp, iat } = payload;
  // `jose` takes a list that holds the audience; here it must be the only one.
  if (aud !== trust.audience) throw wrongClaim('aud', claimed);
  if (tid !== undefined && tid !== trust.tenantId) throw wrongClaim('tid', claimed);
  if (exp! - iat! > LONGEST_SECONDS) throw wrongClaim('exp', claimed);
  return payload;
}

async function check(assertion: string, trust: Trust, issuer: string, keys: JWTVerifyGetKey, claimed: Claimed) {
  try {
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms: ['RS256'],
      issuer,
      audience: trust.audience,
      subject: trust.subject,
      requiredClaims: ['exp'],
      clockTolerance: TOLERANCE_SECONDS,
      maxTokenAge: LONGEST_SECONDS,
    });
    return payload;
  } catch (error) {
    // Claims are read after the signature was found right: only the issuer's own tokens learn which one is wrong.
    if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired)
      throw wrongClaim(claims.has(error.claim) ? error.claim : 'claims', claimed);
    if (isBad(error)) throw invalidClient(PARAMETER, claimed);
    throw error;
  }
}

const claims = new Set(['iss', 'aud', 'sub', 'exp', 'nbf', 'iat']);

const wrongClaim = (claim: string, claimed: Claimed) =>
  new OauthFault(
    'invalid_client',
    `The ${claim} of the assertion is not what this directory trusts, or not any more.`,
    [PARAMETER, claim],
    claimed,
  );

const issuerOf = (authority: string, tenantId: string): string => `${authority}/${tenantId}/v2.0`;

/** What hostile text makes of a parser: errors of `jose`, and JSON that is nested too deep. */
const isBad = (error: unknown): boolean =>
  !(error instanceof IssuerUnavailable) &&
  (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof RangeError);
