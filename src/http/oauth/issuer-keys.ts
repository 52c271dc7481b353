import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { Log } from '../last-resort.ts';
import { fetchKeys } from './fetch-keys.ts';

/** The keys of an issuer cannot be had, and none that may still be used are at hand. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** The keys of the Entra tenant of that id. */
export type KeysOf = (tenantId: string) => JWTVerifyGetKey;

/** All in ms. Keys are asked for again after 10 minutes, and used for up to an hour while their issuer is down. */
const FRESH = 10 * 60_000;
const STALE = 60 * 60_000;
/** How often a key that is not there makes the hub ask again, and how soon after a failure. */
const COOLDOWN = 30_000;
const RETRY = 5_000;
/** Tenants whose keys are kept. */
const REMEMBERED = 1_000;

type Kept = {
  set: ReturnType<typeof createLocalJWKSet> | null;
  fetchedAt: number;
  notBefore: number;
  isDown: boolean;
  pending: Promise<void> | null;
};

/** Keys of tenants below one authority, kept between requests; where they are follows from the tenant's id alone. */
export function issuerKeys(authority: string, log: Log, now: () => number = Date.now): KeysOf {
  const tenants = new Map<string, Kept>();

  const keptOf = (tenantId: string): Kept => {
    const known = tenants.get(tenantId);
    if (known) return known;
    if (tenants.size >= REMEMBERED) tenants.clear();
    const made = { set: null, fetchedAt: 0, notBefore: 0, isDown: false, pending: null };
    tenants.set(tenantId, made);
    return made;
  };

  const load = async (kept: Kept, url: string): Promise<void> => {
    try {
      kept.set = createLocalJWKSet(await fetchKeys(url));
      kept.fetchedAt = now();
      kept.notBefore = now() + COOLDOWN;
      kept.isDown = false;
    } catch (error) {
      kept.notBefore = now() + RETRY;
      kept.isDown = true;
      log(`unavailable ${url} ${reasonOf(error)}`);
    }
  };

  const refresh = async (kept: Kept, url: string): Promise<void> => {
    if (!kept.pending && now() < kept.notBefore) return;
    kept.pending ??= load(kept, url).finally(() => {
      kept.pending = null;
    });
    await kept.pending;
  };

  return (tenantId) => {
    const kept = keptOf(tenantId);
    const url = `${authority}/${tenantId}/discovery/v2.0/keys`;
    return async (header, token) => {
      // Without a name every key would do, as long as there is one only.
      if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
      if (now() >= kept.fetchedAt + FRESH) await refresh(kept, url);
      if (!kept.set || now() >= kept.fetchedAt + STALE) throw new IssuerUnavailable();
      try {
        return await kept.set(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await refresh(kept, url);
        // The key may be a new one that cannot be seen now.
        if (kept.isDown) throw new IssuerUnavailable();
        return kept.set(header, token);
      }
    };
  };
}

/** What `fetch` says of a failure is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
