import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ACT_AS } from '../domain/acting.ts';
import { type Actor, scopes } from '../domain/actor.ts';
import { type CredentialFinder, type FoundCredential, whyEnded } from '../domain/credentials/credential-finder.ts';
import { readSecret, type Seal } from '../domain/credentials/secret.ts';
import { wireId } from '../domain/ids.ts';

/** Of a request, what sign-in reads. */
export type Signed = Pick<IncomingMessage, 'headersDistinct'>;

/** Turns a request into who asks; null when nobody proves to be anyone. */
export type SignIn = (request: Signed) => Promise<Actor | null>;

/** The same where the Authorization header came as text, in a message. */
export const signedWith = (authorization: string): Signed => ({
  headersDistinct: { authorization: [Buffer.from(authorization).toString('latin1')] },
});

/** A digest that no secret has. */
const NOBODY = Buffer.alloc(32);

/** How long a proven credential is believed without asking again, in ms: the longest a revoked one can live on. */
const BELIEVED_MS = 1_000;
const REMEMBERED = 1_000;

/** A credential that is not in the database: the bootstrap key of the environment. */
export type AdminKey = { digest: Buffer; actor: Actor };

/** The bootstrap key as a credential with every scope. */
export const adminKey = (secret: string, tenantId: string, seal: Seal): AdminKey => ({
  digest: seal(secret),
  actor: {
    kind: 'key',
    tenantId,
    id: wireId('key', tenantId),
    label: 'the admin key',
    scopes: new Set(scopes),
    directoryId: null,
  },
});

/** Sign-in by bearer secret: directory tokens, access tokens, API keys and the bootstrap key. */
export function signInWith(finder: CredentialFinder, seal: Seal, admin: AdminKey | null): SignIn {
  const believed = new Map<string, { actor: Actor | null; until: number }>();
  return async (request) => {
    const secret = bearerOf(request);
    if (!secret) return null;
    const digest = seal(secret);
    if (admin && timingSafeEqual(digest, admin.digest)) return admin.actor;
    const key = digest.toString('base64');
    const known = believed.get(key);
    if (known && known.until > Date.now()) return known.actor;
    const actor = await prove(secret, digest, finder);
    if (believed.size >= REMEMBERED) believed.clear();
    believed.set(key, { actor, until: Date.now() + BELIEVED_MS });
    return actor;
  };
}

/** Whom the request says it acts for; null: nobody. What is said twice names nobody, and is refused as such. */
export function personNamed(request: Signed): string | null {
  const named = request.headersDistinct[ACT_AS.toLowerCase()];
  return named ? named.join() : null;
}

/** The bearer secret, if there is exactly one. */
export function bearerOf(request: Signed): string | null {
  const headers = request.headersDistinct.authorization;
  if (headers?.length !== 1) return null;
  const match = /^bearer (.+)$/i.exec(headers[0]!);
  return match ? textOf(match[1]!.trim()) || null : null;
}

/** The admin key may be any text: header bytes are UTF-8, or Latin-1 where they cannot be. */
function textOf(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? header : text;
}

async function prove(secret: string, digest: Buffer, finder: CredentialFinder): Promise<Actor | null> {
  const shape = readSecret(secret);
  const found = shape && (await finder.find(shape.keyId));
  // An unknown key id is compared too, so that it takes as long as a known one.
  const isSame = timingSafeEqual(digest, found?.digest ?? NOBODY);
  if (!found || !isSame || whyEnded(found) || found.kind === 'CLIENT_SECRET') return null;
  void finder.touch(found.tenantId, found.id).catch(() => {}); // Only a note of use; the next request makes it again.
  return actorOf(found);
}

const actorOf = ({ id, tenantId, directoryId, name, scopes, rehearsal }: FoundCredential): Actor => ({
  kind: directoryId ? 'directory' : 'key',
  tenantId: rehearsal?.phase === 'OPEN' ? rehearsal.shadowId : tenantId,
  id: directoryId ? wireId('dir', directoryId) : wireId('key', id),
  label: name,
  scopes: new Set(scopes),
  directoryId,
  ...(rehearsal && (rehearsal.phase === 'OPEN' ? { rehearses: tenantId } : { waits: true as const })),
});
