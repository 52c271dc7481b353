import { timingSafeEqual } from 'node:crypto';
import type { CredentialFinder, FoundCredential } from '../../domain/credentials/credential-finder.ts';
import { readSecret, type Seal } from '../../domain/credentials/secret.ts';
import { wireId } from '../../domain/ids.ts';
import { invalidClient, OauthFault } from './faults.ts';
import { clientActor, type ProvenClient } from './proven-client.ts';
import type { Presented } from './token-request.ts';

/** A digest that no secret has. */
const NOBODY = Buffer.alloc(32);

/** Checks a client secret; throws OauthFault, in the same words whether the client or the secret is the wrong one. */
export const proveSecret =
  (finder: CredentialFinder, seal: Seal) =>
  async ({ clientId, secret, where }: Extract<Presented, { by: 'secret' }>): Promise<ProvenClient> => {
    const shape = readSecret(secret);
    const found = shape?.kind === 'client' ? await finder.find(shape.keyId) : null;
    // An unknown key id is compared too, so that it takes as long as a known one.
    const isSame = timingSafeEqual(seal(secret), found?.digest ?? NOBODY);
    if (!found?.directoryId || found.kind !== 'CLIENT_SECRET') throw invalidClient(where);
    const { tenantId, directoryId, name: label } = found;
    const claimed = { tenantId, directoryId, label };
    if (!isSame || !isAlive(found) || clientId !== wireId('dir', directoryId)) throw invalidClient(where, claimed);
    if (found.directoryState === 'DISCONNECTED') {
      throw new OauthFault('unauthorized_client', 'The directory is disconnected.', ['client_id'], claimed);
    }
    const proof = { by: 'secret', id: found.id } as const;
    const proven = { directory: { id: directoryId, name: label }, proof, endsAt: found.expiresAt };
    return { actor: clientActor(claimed), proven };
  };

const isAlive = ({ revokedAt, expiresAt, now }: FoundCredential): boolean =>
  revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.parse(now));
