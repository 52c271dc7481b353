import type { HeldGroup, HeldStore } from '../../domain/brake/held-store.ts';
import type { Origin } from '../../domain/event.ts';
import type { Session } from '../database.ts';
import { eventValues, insertEvent } from '../events/event-statement.ts';
import { memberValues } from '../groups/group-store.ts';
import { groupsOfMember, joined } from '../groups/member-statements.ts';
import { disbandValues, lockTeams, removeTeam } from '../teams/team-statements.ts';
import * as statements from './held-statements.ts';

type Membership = { groupId: string; userId: string };

/** What is held of one tenant's groups, through one session. */
export const heldStore = (session: Session, tenantId: string): HeldStore => ({
  async membersAmong(ref, userIds) {
    const values = [tenantId, ref.directoryId, ref.id, userIds];
    const rows = await session.run<{ userId: string | null }>(statements.membersAmong, values);
    return rows.length === 0 ? null : rows.map(({ userId }) => userId).filter((id) => id !== null);
  },
  async holdMembers(ref, userIds, origin) {
    await session.run(statements.holdMembers, memberValues(tenantId, ref, userIds, origin));
  },
  async holdAllOf(directoryId, userId, origin) {
    for (const { id } of await session.run<{ id: string }>(groupsOfMember, [tenantId, directoryId, userId]))
      await session.run(statements.holdMembers, memberValues(tenantId, { directoryId, id }, [userId], origin));
  },
  async holdGroup(group, event) {
    await session.run(insertEvent, [tenantId, ...eventValues(event)]);
    await session.run(statements.holdEverybody, memberValues(tenantId, group, [], event));
    await session.run(statements.holdGroup, [tenantId, group.id]);
  },
  async releaseMembers(directoryId, decision, most, origin) {
    const next = await session.run<Membership>(statements.nextMembers, [tenantId, directoryId, most]);
    const values = [tenantId, directoryId, ...membershipValues(next, origin)];
    if (next.length > 0 && decision === 'RESTORE') await session.run(statements.rejoinMembers, values);
    // What cannot be given back, because the group or the person is gone, ends.
    if (next.length > 0) await session.run(statements.endMembers, values);
    return next.map(({ userId }) => userId);
  },
  async keepTeams(directoryId, { at, actor, requestId }) {
    await session.run(statements.keepTeams, [tenantId, directoryId, at, actor, requestId]);
  },
  nextGroups: (directoryId, most) => session.run<HeldGroup>(statements.nextGroups, [tenantId, directoryId, most]),
  async endGroup({ id, teamId }, event, teamEvent) {
    await session.run(insertEvent, [tenantId, ...eventValues(event)]);
    await session.run(statements.forgetGroup, [tenantId, id]);
    if (teamId === null) return;
    await session.run(lockTeams, [tenantId, [teamId]]);
    const gone = await session.run(removeTeam, [tenantId, teamId, ...disbandValues(event)]);
    if (gone.length > 0) await session.run(insertEvent, [tenantId, ...eventValues(teamEvent)]);
  },
  async restoreGroup({ id }, event) {
    const restored = await session.run(statements.restoreGroup, [tenantId, id, event.at]);
    if (restored.length > 0) await session.run(insertEvent, [tenantId, ...eventValues(event)]);
  },
});

const membershipValues = (memberships: Membership[], { at, actor, requestId, cause }: Origin): unknown[] => [
  memberships.map(({ groupId }) => groupId),
  memberships.map(({ userId }) => userId),
  memberships.map(({ groupId }) => joined(groupId)),
  at,
  actor,
  requestId,
  cause ?? null,
];
