import type { DisconnectPlan } from '../../domain/directories/directory-store.ts';
import type { DisconnectStore, Progress } from '../../domain/directories/disconnect-store.ts';
import { StaleWrite } from '../../domain/errors.ts';
import { wireId } from '../../domain/ids.ts';
import type { UserStatus } from '../../domain/users/person.ts';
import type { Session } from '../database.ts';
import { eventValues, insertEvent } from '../events/event-statement.ts';
import { dissolve, dissolveValues } from '../groups/member-statements.ts';
import { keepTeams } from '../groups/projection-statements.ts';
import { raisePolicy } from '../rules/raise-policy.ts';
import { lockTeams } from '../teams/team-statements.ts';
import * as statements from './disconnect-statements.ts';
import { saveHandedOver } from './save-handed-over.ts';

type PickedGroup = { id: string; teamId: string | null };

const FIRST = '00000000-0000-0000-0000-000000000000';

/** What becomes of people under each plan; null: they keep their status. */
const becoming: Record<DisconnectPlan, UserStatus | null> = {
  KEEP_MANUAL: null,
  DEACTIVATE: 'DEACTIVATED',
  DELETE: 'DELETED',
};

/** Disconnects of one tenant's directories, through one session. */
export const disconnectStore = (session: Session, tenantId: string): DisconnectStore => ({
  async begin({ id }, plan, { version }, event) {
    const raised = await session.run(raisePolicy, [tenantId, version]);
    const begun = await session.run(statements.beginDisconnect, [tenantId, id, plan]);
    if (raised.length === 0 || begun.length === 0) throw new StaleWrite();
    await session.run(insertEvent, [tenantId, ...eventValues(event)]);
  },
  async lock(directoryId) {
    const [row] = await session.run<Progress>(statements.lockDisconnect, [tenantId, directoryId]);
    return row ?? null;
  },
  async lockPeople(directoryId, after, limit) {
    const values = [tenantId, directoryId, after ?? FIRST, limit];
    return (await session.run<{ id: string }>(statements.lockPeople, values)).map(({ id }) => id);
  },
  async heldElsewhere(userIds) {
    return (await session.run<{ id: string }>(statements.heldElsewhere, [tenantId, userIds])).map(({ id }) => id);
  },
  async release(directoryId, userIds, plan, { at, actor, requestId }) {
    const directory = wireId('dir', directoryId);
    await session.run(statements.releasePeople, [tenantId, userIds, at, actor, requestId, directory, becoming[plan]]);
  },
  handOver: (people, ended, policy, origin) => saveHandedOver(session, tenantId, people, ended, policy, origin),
  async advance(directoryId, upTo) {
    await session.run(statements.advance, [tenantId, directoryId, upTo]);
  },
  async freeTeams(directoryId, limit, { at, actor, requestId }) {
    const values = [tenantId, directoryId, null, limit, at, actor, requestId, null];
    return (await session.run<{ groups: number }>(keepTeams, values))[0]!.groups;
  },
  async removeGroups(directoryId, limit, origin) {
    const groups = await session.run<PickedGroup>(statements.lockGroups, [tenantId, directoryId, limit]);
    const groupIds = groups.map(({ id }) => id);
    const teamIds = groups.map(({ teamId }) => teamId).filter((id) => id !== null);
    const { at, actor, requestId } = origin;
    await session.run(dissolve, [tenantId, ...dissolveValues(directoryId, groupIds, origin)]);
    await session.run(statements.removeGroups, [tenantId, groupIds, at, actor, requestId]);
    await session.run(lockTeams, [tenantId, teamIds]);
    await session.run(statements.removeTeams, [tenantId, teamIds, at, actor, requestId, origin.cause ?? null]);
    return groups.length;
  },
  async finish(directoryId) {
    await session.run(statements.finish, [tenantId, directoryId]);
  },
  async unfinished() {
    return (await session.run<{ id: string }>(statements.unfinished, [tenantId])).map(({ id }) => id);
  },
});
