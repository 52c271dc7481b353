import type { Actor } from '../../domain/actor.ts';
import type { Proven } from '../../domain/directories/issue-access-token.ts';
import { wireId } from '../../domain/ids.ts';
import type { Claimed } from './faults.ts';

/** A client that is who it says, and what shows it. */
export type ProvenClient = { actor: Actor; proven: Proven };

/** The directory as an actor that may ask for a token and nothing else. */
export const clientActor = ({ tenantId, directoryId, label }: Claimed): Actor => ({
  kind: 'directory',
  tenantId,
  id: wireId('dir', directoryId),
  label,
  scopes: new Set(['sign-in']),
  directoryId,
});
