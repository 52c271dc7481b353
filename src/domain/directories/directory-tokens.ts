import type { Command, Context } from '../command.ts';
import { demandFuture } from '../credentials/api-keys.ts';
import type { Credential } from '../credentials/credential-store.ts';
import { invalid, notFound } from '../errors.ts';
import { event } from '../event.ts';
import { uuidOf, wireId } from '../ids.ts';
import type { Directory } from './directory-store.ts';
import { getConnected } from './get-connected.ts';
import { daysFrom, type IssuedToken, newCredential, YEAR_DAYS } from './new-credential.ts';

const LONGEST_OVERLAP_SECONDS = 30 * 24 * 3600;

/** Makes a token for one directory; without an end it lives for a year. */
export const createDirectoryToken: Command<{ directory: string; expiresAt?: string | null }, IssuedToken> = {
  name: 'createDirectoryToken',
  needs: 'directories:write',
  atomicity: 'statement',
  async perform(context, { directory, expiresAt }) {
    demandFuture(expiresAt, context.origin.at);
    const found = await getConnected(context.tx, directory);
    return issue(context, found, expiresAt ?? daysFrom(context.origin.at, YEAR_DAYS), 'directory.token.created');
  },
};

/** Makes a new token; those there were end after the overlap, so that both live while Entra is given the new one. */
export const rotateDirectoryToken: Command<{ directory: string; overlapSeconds: number }, IssuedToken> = {
  name: 'rotateDirectoryToken',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform(context, { directory, overlapSeconds }) {
    if (overlapSeconds < 0 || overlapSeconds > LONGEST_OVERLAP_SECONDS) {
      throw invalid(['overlapSeconds'], `overlapSeconds must be from 0 to ${LONGEST_OVERLAP_SECONDS}.`);
    }
    const found = await getConnected(context.tx, directory);
    const expiry = daysFrom(context.origin.at, YEAR_DAYS);
    const issued = await issue(context, found, expiry, 'directory.token.rotated');
    const end = new Date(Date.parse(context.origin.at) + overlapSeconds * 1000).toISOString();
    await context.tx.credentials.expireOthers(issued.credential, end);
    return issued;
  },
};

/** Ends a token at once. */
export const revokeDirectoryToken: Command<{ id: string }, Credential> = {
  name: 'revokeDirectoryToken',
  needs: 'directories:write',
  atomicity: 'statement',
  async perform({ tx, origin }, { id }) {
    const uuid = uuidOf('key', id);
    const credential = uuid === null ? null : await tx.credentials.find(uuid);
    if (!credential?.directoryId || credential.kind !== 'TOKEN') throw notFound('directory token', id);
    const changes = [{ key: 'token', from: id, to: null }];
    const revoked = event(origin, 'directory.token.revoked', 'dir', credential.directoryId, changes);
    await tx.credentials.revoke(credential, origin.at, revoked);
    return { ...credential, revokedAt: credential.revokedAt ?? origin.at };
  },
};

async function issue(context: Context, directory: Directory, expiresAt: string, name: string): Promise<IssuedToken> {
  const issued = newCredential(context, 'TOKEN', directory, expiresAt);
  const changes = [{ key: 'token', from: null, to: wireId('key', issued.credential.id) }];
  await context.tx.credentials.insert(issued.credential, event(context.origin, name, 'dir', directory.id, changes));
  return issued;
}
