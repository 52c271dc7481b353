import type { Command } from '../command.ts';
import type { Proof } from '../credentials/credential-store.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { newCredential } from './new-credential.ts';

/** What a client has proved; `endsAt` is when the secret or the assertion ends by itself. */
export type Proven = { directory: { id: string; name: string }; proof: Proof; endsAt: string | null };

/** An access token as the token endpoint gives it out. */
export type AccessToken = { secret: string; expiresInSeconds: number };

const LONGEST_SECONDS = 3600;

/** Gives a proven client an access token, which never outlives what the client proved itself by. */
export const issueAccessToken: Command<Proven, AccessToken> = {
  name: 'issueAccessToken',
  needs: 'sign-in',
  atomicity: 'statement',
  async perform(context, { directory, proof, endsAt }) {
    const { tx, origin } = context;
    const now = Date.parse(origin.at);
    const left = endsAt === null ? LONGEST_SECONDS : Math.floor((Date.parse(endsAt) - now) / 1000);
    const seconds = Math.min(LONGEST_SECONDS, left);
    if (seconds < 1) throw ended(proof);
    const expiresAt = new Date(now + seconds * 1000).toISOString();
    const issuedBy = proof.by === 'secret' ? proof.id : null;
    const { credential, secret } = newCredential(context, 'ACCESS_TOKEN', directory, expiresAt, issuedBy);
    const changes = [
      { key: 'accessToken', from: null, to: wireId('key', credential.id) },
      { key: 'proof', from: null, to: issuedBy === null ? 'federation' : wireId('sec', issuedBy) },
    ];
    const issued = event(origin, 'directory.token.issued', 'dir', directory.id, changes);
    if (!(await tx.credentials.issue(credential, proof, issued))) throw ended(proof);
    return { secret, expiresInSeconds: seconds };
  },
};

const ended = ({ by }: Proof) =>
  by === 'secret'
    ? new HubError('NOT_ALLOWED', 'The client secret has ended.', { path: ['client_secret'] })
    : new HubError('NOT_ALLOWED', 'The assertion has ended.', { path: ['client_assertion'] });
