import type { Command, Context } from '../command.ts';
import { demandFuture } from '../credentials/api-keys.ts';
import type { Credential } from '../credentials/credential-store.ts';
import { newSecret } from '../credentials/secret.ts';
import { HubError, invalid, notFound } from '../errors.ts';
import { event } from '../event.ts';
import { newId, uuidOf, wireId } from '../ids.ts';
import type { Directory } from './directory-store.ts';

/** A token and its secret, which is shown here and never again. */
export type IssuedToken = { credential: Credential; secret: string };

const YEAR_DAYS = 365;
const LONGEST_OVERLAP_SECONDS = 30 * 24 * 3600;

/** Makes a token for one directory; without an end it lives for a year. */
export const createDirectoryToken: Command<{ directory: string; expiresAt?: string | null }, IssuedToken> = {
  name: 'createDirectoryToken',
  needs: 'directories:write',
  atomicity: 'statement',
  async perform(context, { directory, expiresAt }) {
    demandFuture(expiresAt, context.origin.at);
    const found = await getDirectory(context, directory);
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
    const found = await getDirectory(context, directory);
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
    if (!credential?.directoryId) throw notFound('directory token', id);
    const changes = [{ key: 'token', from: id, to: null }];
    const revoked = event(origin, 'directory.token.revoked', 'dir', credential.directoryId, changes);
    await tx.credentials.revoke(credential, origin.at, revoked);
    return { ...credential, revokedAt: credential.revokedAt ?? origin.at };
  },
};

async function getDirectory({ tx }: Context, id: string): Promise<Directory> {
  const uuid = uuidOf('dir', id);
  const directory = uuid && (await tx.directories.find(uuid));
  if (!directory) throw notFound('directory', id);
  if (directory.state === 'DISCONNECTED') {
    throw new HubError('NOT_ALLOWED', `${directory.name} is disconnected; connect a new directory instead.`, {
      path: ['directory'],
    });
  }
  return directory;
}

async function issue({ tx, origin, seal }: Context, directory: Directory, expiresAt: string, name: string) {
  const { secret, keyId } = newSecret('scim');
  const credential: Credential = {
    id: newId(),
    keyId,
    digest: seal(secret),
    name: directory.name,
    scopes: ['provision'],
    directoryId: directory.id,
    createdBy: origin.actor,
    createdAt: origin.at,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
  };
  const changes = [{ key: 'token', from: null, to: wireId('key', credential.id) }];
  await tx.credentials.insert(credential, event(origin, name, 'dir', directory.id, changes));
  return { credential, secret };
}

const daysFrom = (at: string, days: number): string => new Date(Date.parse(at) + days * 86_400_000).toISOString();
