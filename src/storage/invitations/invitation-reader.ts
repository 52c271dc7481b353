import type { KeptInvitation } from '../../domain/invitations/invitation.ts';
import type { FoundInvitation, InvitationReader } from '../../domain/invitations/invitation-reader.ts';
import type { Database } from '../database.ts';
import { findInvitation } from './invitation-statements.ts';

type Row = KeptInvitation & Omit<FoundInvitation['person'], 'email'> & { personEmail: string | null };

/** Links on PostgreSQL, looked up under the tenant that the link names. */
export const invitationReader = (database: Database): InvitationReader => ({
  async find(tenantId, id) {
    const [row] = await database.session(tenantId, (session) => session.run<Row>(findInvitation, [tenantId, id]));
    if (!row) return null;
    const { status, userName, displayName, personEmail, preferredLanguage, ...invitation } = row;
    return { invitation, person: { status, userName, displayName, email: personEmail, preferredLanguage } };
  },
});
