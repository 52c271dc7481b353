import type { Command } from '../command.ts';
import { type Federation, readTrust, type Trust } from '../credentials/federation-store.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { getConnected, getDirectory } from './get-connected.ts';

const parts = ['tenantId', 'audience', 'subject'] as const;

/** Trusts assertions of one service principal instead of a secret; access tokens of an earlier trust end at once. */
export const setFederation: Command<{ directory: string; trust: Trust }, { directoryId: string }> = {
  name: 'setFederation',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, origin }, { directory, trust }) {
    const wanted = readTrust(trust);
    const { id: directoryId } = await getConnected(tx, directory);
    const current = await tx.federations.find(directoryId);
    if (current && parts.every((part) => current[part] === wanted[part])) return { directoryId };
    const federation: Federation = {
      ...wanted,
      directoryId,
      createdBy: origin.actor,
      createdAt: origin.at,
      lastUsedAt: null,
    };
    const changes = parts.map((key) => ({ key, from: current?.[key] ?? null, to: wanted[key] }));
    await tx.federations.save(federation, event(origin, 'directory.federation.set', 'dir', directoryId, changes));
    await tx.credentials.removeIssued(directoryId, null);
    return { directoryId };
  },
};

/** Trusts no assertions any more; access tokens that came from them end at once. */
export const removeFederation: Command<{ directory: string }, { directoryId: string }> = {
  name: 'removeFederation',
  needs: 'directories:write',
  atomicity: 'transaction',
  async perform({ tx, origin }, { directory }) {
    const { id: directoryId } = await getDirectory(tx, directory);
    const current = await tx.federations.find(directoryId);
    if (!current) {
      throw new HubError('NOT_FOUND', 'The directory has no federation.', { path: ['directory'] });
    }
    const changes = parts.map((key) => ({ key, from: current[key], to: null }));
    const removed = event(origin, 'directory.federation.removed', 'dir', directoryId, changes);
    await tx.federations.remove(directoryId, removed);
    await tx.credentials.removeIssued(directoryId, null);
    return { directoryId };
  },
};
