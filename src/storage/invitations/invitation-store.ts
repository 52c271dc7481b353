import type { KeptInvitation } from '../../domain/invitations/invitation.ts';
import type { InvitationStore } from '../../domain/invitations/invitation-store.ts';
import type { Session } from '../database.ts';
import {
  addInvitation,
  lockInvitation,
  lockInvited,
  recentInvitations,
  useInvitation,
} from './invitation-statements.ts';

/** Links of one tenant's people, through one session. */
export const invitationStore = (session: Session, tenantId: string): InvitationStore => ({
  async add({ id, userId, purpose, email }) {
    await session.run(addInvitation, [tenantId, id, userId, purpose, email]);
  },
  lock: async (id) => (await session.run<KeptInvitation>(lockInvitation, [tenantId, id]))[0] ?? null,
  use: async (id) => (await session.run(useInvitation, [tenantId, id])).length > 0,
  async lockRecent(userId) {
    await session.run(lockInvited, [tenantId, userId]);
    return (await session.run<{ now: string; times: string[] }>(recentInvitations, [tenantId, userId]))[0]!;
  },
});
