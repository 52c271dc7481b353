import { type Scope, scopes } from '../actor.ts';
import type { Command } from '../command.ts';
import { HubError, invalid, notFound, refuse } from '../errors.ts';
import { event } from '../event.ts';
import { newId, uuidOf } from '../ids.ts';
import type { Credential } from './credential-store.ts';
import { newSecret } from './secret.ts';

export type NewApiKey = { name: string; scopes: string[]; expiresAt?: string | null };

/** Makes an API key with at most the caller's own scopes. The secret is in the answer and nowhere else. */
export const createApiKey: Command<NewApiKey, { credential: Credential; secret: string }> = {
  name: 'createApiKey',
  needs: 'keys:write',
  atomicity: 'statement',
  async perform({ tx, actor, origin, seal }, input) {
    if (input.name.trim() === '') throw new HubError('REQUIRED', 'name must not be empty.', { path: ['name'] });
    refuse(
      input.scopes
        .filter((scope) => !isScope(scope))
        .map((scope) => invalid(['scopes'], `There is no scope ${scope}.`)),
    );
    const granted = input.scopes as Scope[];
    const above = granted.find((scope) => !actor.scopes.has(scope));
    if (above)
      throw new HubError('NOT_ALLOWED', `Nobody can grant the scope ${above} without holding it.`, {
        path: ['scopes'],
      });
    demandFuture(input.expiresAt, origin.at);
    const { secret, keyId } = newSecret('api');
    const credential: Credential = {
      id: newId(),
      kind: 'TOKEN',
      keyId,
      digest: seal(secret),
      name: input.name,
      scopes: granted,
      directoryId: null,
      createdBy: origin.actor,
      createdAt: origin.at,
      expiresAt: input.expiresAt ?? null,
      lastUsedAt: null,
      revokedAt: null,
      issuedBy: null,
    };
    const changes = [
      { key: 'name', from: null, to: input.name },
      { key: 'scopes', from: null, to: [...granted] },
    ];
    await tx.credentials.insert(credential, event(origin, 'key.created', 'key', credential.id, changes));
    return { credential, secret };
  },
};

/** Ends an API key at once. */
export const revokeApiKey: Command<{ id: string }, void> = {
  name: 'revokeApiKey',
  needs: 'keys:write',
  atomicity: 'statement',
  async perform({ tx, origin }, { id }) {
    const uuid = uuidOf('key', id);
    const credential = uuid && (await tx.credentials.find(uuid));
    if (!credential || credential.directoryId) throw notFound('API key', id);
    await tx.credentials.revoke(credential, origin.at, event(origin, 'key.revoked', 'key', credential.id));
  },
};

const isScope = (scope: string): boolean => (scopes as readonly string[]).includes(scope);

/** Refuses an end that is already past. */
export function demandFuture(expiresAt: string | null | undefined, now: string): void {
  if (expiresAt && Date.parse(expiresAt) <= Date.parse(now))
    throw invalid(['expiresAt'], 'expiresAt must be in the future.');
}
