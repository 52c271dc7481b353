import type { Command } from '../command.ts';
import { demandFuture } from '../credentials/api-keys.ts';
import type { Credential } from '../credentials/credential-store.ts';
import { invalid, notFound } from '../errors.ts';
import { event } from '../event.ts';
import { uuidOf, wireId } from '../ids.ts';
import { getConnected } from './get-connected.ts';
import { daysFrom, type IssuedToken, newCredential, YEAR_DAYS } from './new-credential.ts';

/** The longest life that Entra's gallery accepts (entra.md A14). */
const LONGEST_DAYS = 3 * 366;

/** Makes a client secret for the token endpoint, beside those there are; without an end it lives for a year. */
export const createClientSecret: Command<{ directory: string; expiresAt?: string | null }, IssuedToken> = {
  name: 'createClientSecret',
  needs: 'directories:write',
  atomicity: 'statement',
  async perform(context, { directory, expiresAt }) {
    const { tx, origin } = context;
    demandFuture(expiresAt, origin.at);
    if (expiresAt && Date.parse(expiresAt) > Date.parse(daysFrom(origin.at, LONGEST_DAYS)))
      throw invalid(['expiresAt'], 'expiresAt must be within three years.');
    const found = await getConnected(tx, directory);
    const end = expiresAt ?? daysFrom(origin.at, YEAR_DAYS);
    const issued = newCredential(context, 'CLIENT_SECRET', found, end);
    const changes = [{ key: 'clientSecret', from: null, to: wireId('sec', issued.credential.id) }];
    const created = event(origin, 'directory.secret.created', 'dir', found.id, changes);
    await tx.credentials.insert(issued.credential, created);
    return issued;
  },
};

/** Ends a client secret at once, with every access token that came from it. */
export const revokeClientSecret: Command<{ id: string }, Credential> = {
  name: 'revokeClientSecret',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, origin }, { id }) {
    const uuid = uuidOf('sec', id);
    const secret = uuid === null ? null : await tx.credentials.find(uuid);
    if (!secret?.directoryId || secret.kind !== 'CLIENT_SECRET') throw notFound('client secret', id);
    const changes = [{ key: 'clientSecret', from: id, to: null }];
    const revoked = event(origin, 'directory.secret.revoked', 'dir', secret.directoryId, changes);
    await tx.credentials.revoke(secret, origin.at, revoked);
    // A statement of its own: it sees what was issued while the one before waited for the row.
    await tx.credentials.removeIssued(secret.directoryId, secret.id);
    return { ...secret, revokedAt: secret.revokedAt ?? origin.at };
  },
};
