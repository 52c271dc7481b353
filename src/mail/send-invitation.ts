import type { Seal } from '../domain/credentials/secret.ts';
import { stateOf } from '../domain/invitations/invitation.ts';
import type { InvitationReader } from '../domain/invitations/invitation-reader.ts';
import { linkToken } from '../domain/invitations/link-token.ts';
import type { Sender } from '../domain/outbox/outbox-queue.ts';
import { invitationMail } from './invitation-mail.ts';
import type { Mailer } from './mailer.ts';

/** What invitations are sent with; links begin with `publicUrl` and with nothing that a request said. */
export type InvitationPost = { invitations: InvitationReader; seal: Seal; mailer: Mailer; publicUrl: string };

/** Sends an invitation to the address it was made for, unless its link has ended meanwhile. */
export const sendInvitation =
  ({ invitations, seal, mailer, publicUrl }: InvitationPost): Sender =>
  async ({ tenantId, id, payload }) => {
    const found = await invitations.find(tenantId, String(payload.invitation));
    if (!found || stateOf(found.invitation, found.person) !== 'OPEN') return;
    const { invitation, person } = found;
    const mail = invitationMail({
      address: invitation.email,
      name: person.displayName ?? person.userName,
      userName: person.userName,
      preferredLanguage: person.preferredLanguage,
      url: `${publicUrl}/activate/${linkToken(seal, tenantId, invitation)}`,
    });
    await mailer({ ...mail, id });
  };
