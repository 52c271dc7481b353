import type { Seal } from '../credentials/secret.ts';
import { type InvitationState, stateOf } from './invitation.ts';
import type { FoundInvitation, InvitationReader } from './invitation-reader.ts';
import { proves, readToken } from './link-token.ts';

/** A link that is ours: whose it is and what it is good for now. */
export type OpenedLink = FoundInvitation & { tenantId: string; state: InvitationState };

/** Looks at a link and changes nothing; null for a token that this hub did not make, after the same work. */
export async function openLink(reader: InvitationReader, seal: Seal, token: string): Promise<OpenedLink | null> {
  const read = readToken(token);
  const found = await reader.find(read.tenantId, read.id);
  if (!proves(read, seal, found?.invitation ?? null) || !found) return null;
  return { ...found, tenantId: read.tenantId, state: stateOf(found.invitation, found.person) };
}
