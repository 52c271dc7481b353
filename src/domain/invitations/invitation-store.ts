import type { Invitation, KeptInvitation } from './invitation.ts';

/** Links of one tenant, within a command. */
export interface InvitationStore {
  /** Keeps a new link for three days and ends those of the person that are open. */
  add(invitation: Invitation): Promise<void>;
  /** The link, which nobody else uses until the transaction ends. */
  lock(id: string): Promise<KeptInvitation | null>;
  /** Whether it came before anyone else, and in time. */
  use(id: string): Promise<boolean>;
  /** When links were made for the person within a day, the oldest first; others who ask wait until the transaction ends. */
  lockRecent(userId: string): Promise<{ now: string; times: string[] }>;
}
