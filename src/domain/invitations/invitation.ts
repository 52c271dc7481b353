import { mailAddress } from '../mail/mail-address.ts';
import type { UserStatus } from '../users/person.ts';

/** What a link is good for, and nothing else. */
export type Purpose = 'activate';

/** A link that was made for one person and the address it goes to; none of this ever changes. */
export type Invitation = { id: string; userId: string; purpose: Purpose; email: string };

/** An invitation and what became of it; `now` is the database's time. */
export type KeptInvitation = Invitation & {
  createdAt: string;
  expiresAt: string;
  usedAt: string | null;
  revokedAt: string | null;
  now: string;
};

/** Of the person as they are now, what a link hangs on. */
export type Invited = { status: UserStatus; email: unknown };

export type InvitationState = 'OPEN' | 'USED' | 'EXPIRED' | 'ENDED';

/**
 * What a link is good for at this moment. Nobody ends the links of a person who is deactivated, deleted or has another
 * address now: they end by that, wherever they are asked about.
 */
export function stateOf(invitation: KeptInvitation, { status, email }: Invited): InvitationState {
  if (invitation.usedAt) return 'USED';
  if (invitation.revokedAt || status !== 'INVITED' || mailAddress(email) !== invitation.email) return 'ENDED';
  return Date.parse(invitation.expiresAt) > Date.parse(invitation.now) ? 'OPEN' : 'EXPIRED';
}
