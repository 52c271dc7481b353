import { afterJoining } from '../admission/after-membership.ts';
import type { Command } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { demandGroupNames, type GroupRecord } from '../directories/record.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import type { Team } from '../teams/team-store.ts';
import type { Group } from './group-store.ts';
import { demandKnownMembers, memberIds } from './member-change.ts';

/** `id`: the stored id of the group, when that has been given before; `members`: wire ids. */
export type NewGroup = { record: GroupRecord; members: string[]; id?: string | undefined };

/** Makes the group a directory sends, the team it projects to, and its first members. Refused with NOT_UNIQUE. */
export const provisionGroup: Command<NewGroup, Group> = {
  name: 'provisionGroup',
  needs: 'provision',
  atomicity: 'transaction',
  async perform(context, { record, members, id = newId() }) {
    const { tx, actor, origin } = context;
    demandAllowed(context, 'allowCreate');
    demandGroupNames(record);
    const userIds = memberIds(members);
    const team: Team = { id: newId(), version: 1, name: record.displayName, description: null, origin: 'PROJECTED' };
    const group: Group = { id, directoryId: actor.directoryId!, record, team, ruled: false };
    const changes = [
      { key: 'displayName', from: null, to: record.displayName },
      { key: 'externalId', from: null, to: record.externalId },
    ];
    await tx.groups.insert(group, [
      event(origin, 'group.created', 'grp', group.id, changes),
      event(origin, 'team.created', 'team', team.id, [{ key: 'name', from: null, to: team.name }]),
    ]);
    if (userIds.length > 0) demandKnownMembers((await tx.groups.addMembers(group, userIds, origin, false)).unknown);
    await afterJoining(context, group.directoryId, userIds);
    return group;
  },
};
