import { StaleWrite } from '../../domain/errors.ts';
import type { NewEvent, Origin } from '../../domain/event.ts';
import type {
  Group,
  GroupRef,
  GroupStore,
  Member,
  MemberHold,
  MemberOutcome,
} from '../../domain/groups/group-store.ts';
import { centralTeamId } from '../../domain/groups/team-mode.ts';
import type { JsonObject } from '../../domain/json.ts';
import { keyOf } from '../../domain/key.ts';
import type { Team, TeamOrigin } from '../../domain/teams/team-store.ts';
import { refusingDuplicates } from '../constraints.ts';
import type { Session } from '../database.ts';
import { eventValues, insertEvent } from '../events/event-statement.ts';
import { leaveCentral } from '../teams/central-statements.ts';
import { disbandValues, insertTeam, lockTeams, removeTeam, renameTeam, teamValues } from '../teams/team-statements.ts';
import {
  findGroup,
  holdDirectory,
  holdDirectoryAlone,
  insertGroup,
  lockGroup,
  lockTenant,
  noteGroupsSent,
  readVersion,
  removeGroup,
  updateGroup,
} from './group-statements.ts';
import { leaveTeam, lockGroupsOfTeam, moveGroup } from './link-statements.ts';
import {
  addMembers,
  dissolve,
  dissolveValues,
  findStrangers,
  groupsOfMember,
  inAnyGroup,
  joined,
  listMembers,
  type MemberChange,
  noteGroups,
  removeMembers,
} from './member-statements.ts';
import { originValues } from './projection-store.ts';

type GroupRow = {
  id: string;
  directory_id: string;
  external_id: string | null;
  display_name: string;
  resource: JsonObject;
  team_id: string | null;
  ruled: boolean;
  linked: boolean;
  shared: boolean;
  team_version: number;
  team_name: string;
  team_description: string | null;
  team_origin: TeamOrigin;
};

/** Groups of one tenant, through one session. */
export function groupStore(session: Session, tenantId: string): GroupStore {
  const log = async (events: (NewEvent | null)[]) => {
    for (const event of events) if (event) await session.run(insertEvent, [tenantId, ...eventValues(event)]);
  };
  const find = async (ref: GroupRef) => {
    const [row] = await session.run<GroupRow>(findGroup, [tenantId, ref.directoryId, ref.id]);
    return row ? groupOf(row) : null;
  };
  const change = async (by: MemberChange, ref: GroupRef, userIds: string[], origin: Origin, hold: MemberHold) => {
    const statement = hold.isHeld ? by.held : by.free;
    const [row] = await session.run<MemberOutcome>(statement, memberValues(tenantId, ref, userIds, origin, hold));
    return row!;
  };
  return {
    async lock(ref) {
      const locked = await session.run(lockGroup, [tenantId, ref.directoryId, ref.id]);
      return locked.length === 0 ? null : find(ref);
    },
    async version(ref) {
      const [row] = await session.run<{ version: number }>(readVersion, [tenantId, ref.id]);
      return row!.version;
    },
    async insert(group, version, events) {
      if (group.team) await session.run(insertTeam, [tenantId, ...teamValues(group.team, events[0]!.at)]);
      const values = [tenantId, ...groupValues(group, events[0]!.at), version];
      const made = await refusingDuplicates(() => session.run(insertGroup, values));
      // The directory was disconnected or changed a moment ago: `run` looks again.
      if (made.length === 0) throw new StaleWrite();
      await log(events);
    },
    async hold(directoryId, isFirst) {
      if (isFirst) await session.run(lockTenant, [tenantId]);
      await session.run(isFirst ? holdDirectoryAlone : holdDirectory, [tenantId, directoryId]);
    },
    async noteSent(directoryId) {
      await session.run(noteGroupsSent, [tenantId, directoryId]);
    },
    async lockOfTeam(groupId, teamId) {
      await session.run(lockGroupsOfTeam, [tenantId, groupId, teamId]);
    },
    async move(group, teamId, event) {
      const before = group.team?.id ?? null;
      await session.run(lockTeams, [tenantId, [before, teamId].filter((id) => id !== null)]);
      const changes = joined(group.id);
      await session.run(moveGroup, [tenantId, group.id, before, teamId, ...originValues(event), changes]);
      if (before) await session.run(leaveTeam, [tenantId, before, ...originValues(event)]);
      await log([event]);
    },
    async lockTeam({ team }) {
      if (team) await session.run(lockTeams, [tenantId, [team.id]]);
    },
    async save(group, events) {
      await refusingDuplicates(() => session.run(updateGroup, [tenantId, ...groupValues(group, events[0]!.at)]));
      const { team } = group;
      if (team) await session.run(renameTeam, [tenantId, team.id, team.name, keyOf(team.name), events[0]!.at]);
      await log(events);
    },
    async remove(group, event, teamEvent) {
      // First, so that whoever asks what a request did need not read past its members.
      await log([event]);
      const [left] = await session.run<{ users: string[] }>(dissolve, [
        tenantId,
        ...dissolveValues(group.directoryId, [group.id], event),
      ]);
      await session.run(removeGroup, [tenantId, group.id]);
      if (group.team) await session.run(lockTeams, [tenantId, [group.team.id]]);
      const gone = group.team ? await session.run(removeTeam, [tenantId, group.team.id, ...disbandValues(event)]) : [];
      await log([gone.length > 0 ? teamEvent : null]);
      return { users: left!.users };
    },
    addMembers: (ref, userIds, origin, hold) => change(addMembers, ref, userIds, origin, hold),
    removeMembers: (ref, userIds, origin, hold) => change(removeMembers, ref, userIds, origin, hold),
    async leaveAll(directoryId, userId, origin) {
      type Left = { id: string; sharedTeam: string | null };
      const groups = await session.run<Left>(groupsOfMember, [tenantId, directoryId, userId]);
      const teams = new Set(groups.map(({ sharedTeam }) => sharedTeam).filter((id) => id !== null));
      if (teams.size > 0) await session.run(lockTeams, [tenantId, [...teams]]);
      for (const { id } of groups) await change(removeMembers, { directoryId, id }, [userId], origin, held);
      await session.run(leaveCentral, [tenantId, centralTeamId(directoryId), ...originValues(origin), userId]);
    },
    async noteGroups(directoryId, userIds, at) {
      await session.run(noteGroups, [tenantId, directoryId, userIds, at]);
    },
    async isInAny(directoryId, userId) {
      return (await session.run(inAnyGroup, [tenantId, directoryId, userId])).length > 0;
    },
    members: (ref) => session.run<Member>(listMembers, [tenantId, ref.directoryId, ref.id]),
    async strangers(ref, userIds) {
      const rows = await session.run<{ id: string }>(findStrangers, [tenantId, ref.directoryId, userIds]);
      return rows.map(({ id }) => id);
    },
  };
}

const held: MemberHold = { isHeld: true, makesTeam: false, withRules: true };

/** The values of a statement about members of one group, which is locked unless told otherwise. */
export function memberValues(
  tenantId: string,
  { directoryId, id }: GroupRef,
  userIds: readonly string[],
  origin: Origin,
  { isHeld, makesTeam, withRules }: MemberHold = held,
): unknown[] {
  return [
    tenantId,
    directoryId,
    id,
    userIds,
    origin.at,
    origin.actor,
    origin.requestId,
    origin.cause ?? null,
    joined(id),
    withRules,
    ...(isHeld ? [] : [makesTeam]),
  ];
}

function groupValues(group: Group, at: string): unknown[] {
  const { displayName, externalId, resource } = group.record;
  const { id, directoryId, team } = group;
  return [id, directoryId, externalId, displayName, keyOf(displayName), JSON.stringify(resource), team?.id ?? null, at];
}

function groupOf(row: GroupRow): Group {
  const team: Team | null = row.team_id
    ? {
        id: row.team_id,
        version: row.team_version,
        name: row.team_name,
        description: row.team_description,
        origin: row.team_origin,
      }
    : null;
  const record = { displayName: row.display_name, externalId: row.external_id, resource: row.resource };
  return {
    id: row.id,
    directoryId: row.directory_id,
    record,
    team,
    ruled: row.ruled,
    linked: row.linked,
    shared: row.shared,
  };
}
