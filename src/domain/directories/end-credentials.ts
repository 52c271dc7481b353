import type { Context } from '../command.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';

/** Ends whatever a directory signs in by: tokens, client secrets, federation and the access tokens that came of them. */
export async function endCredentials({ tx, origin }: Context, directoryId: string): Promise<void> {
  for (const credential of await tx.credentials.standing(directoryId)) {
    const isToken = credential.kind === 'TOKEN';
    const key = isToken ? 'token' : 'clientSecret';
    const changes = [{ key, from: wireId(isToken ? 'key' : 'sec', credential.id), to: null }];
    const name = isToken ? 'directory.token.revoked' : 'directory.secret.revoked';
    await tx.credentials.revoke(credential, origin.at, event(origin, name, 'dir', directoryId, changes));
  }
  const trust = await tx.federations.find(directoryId);
  if (trust) {
    const { tenantId, audience, subject } = trust;
    const changes = Object.entries({ tenantId, audience, subject }).map(([key, from]) => ({ key, from, to: null }));
    await tx.federations.remove(
      directoryId,
      event(origin, 'directory.federation.removed', 'dir', directoryId, changes),
    );
  }
  // A statement of its own: it sees what was issued while the ones before waited for their rows.
  await tx.credentials.removeAccessTokens(directoryId);
}
