import type { UserStatus } from '../users/person.ts';
import type { KeptInvitation } from './invitation.ts';

/** A link with the person it is for, as they are now. */
export type FoundInvitation = {
  invitation: KeptInvitation;
  person: {
    status: UserStatus;
    userName: string;
    displayName: string | null;
    email: string | null;
    preferredLanguage: string | null;
  };
};

/** Looks links up for whoever follows or sends one. */
export interface InvitationReader {
  find(tenantId: string, id: string): Promise<FoundInvitation | null>;
}
