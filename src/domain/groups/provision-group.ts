import type { Command, Context } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { demandGroupNames, type GroupRecord } from '../directories/record.ts';
import { event, type NewEvent } from '../event.ts';
import { newId } from '../ids.ts';
import { directoryPolicy } from '../policy.ts';
import type { Team } from '../teams/team-store.ts';
import { closeCentral } from './convert-teams.ts';
import type { Group } from './group-store.ts';
import { joinGroup } from './join-group.ts';
import { demandKnownMembers, memberIds } from './member-change.ts';
import { projectGroup } from './project-groups.ts';
import { centralTeamOf, modeOf, projectionRule, teamMode } from './team-mode.ts';

/** `id`: the stored id of the group, when that has been given before; `members`: wire ids. */
export type NewGroup = { record: GroupRecord; members: string[]; id?: string | undefined };

/** Makes the group a directory sends, the team it projects to, and its first members. Refused with NOT_UNIQUE. */
export const provisionGroup: Command<NewGroup, Group> = {
  name: 'provisionGroup',
  needs: 'provision',
  atomicity: 'transaction',
  async perform(context, { record, members, id = newId() }) {
    const { tx, actor, policy } = context;
    demandAllowed(context, 'allowCreate');
    demandGroupNames(record);
    const userIds = memberIds(members);
    const directoryId = actor.directoryId!;
    const isFirst = !policy.directories.get(directoryId)!.groupsSent;
    const team = makesTeamAtOnce(context, directoryId) ? newTeam(record.displayName) : null;
    const group: Group = { id, directoryId, record, team, linked: false, shared: false, ruled: false };
    await tx.groups.hold(directoryId, isFirst);
    await tx.groups.insert(group, policy.version, madeBy(context, group));
    if (userIds.length > 0) demandKnownMembers((await joinGroup(context, group, userIds)).unknown);
    else if (!team && modeOf(policy, directoryId).perGroup) await projectGroup(context, group, []);
    if (isFirst) await beginGroups(context, directoryId);
    return group;
  },
};

const newTeam = (name: string): Team => ({ id: newId(), version: 1, name, description: null, origin: 'PROJECTED' });

/** Whether nothing must be asked of a group before it makes its team. */
function makesTeamAtOnce({ policy }: Context, directoryId: string): boolean {
  const rule = projectionRule(directoryPolicy(policy, directoryId));
  return modeOf(policy, directoryId).perGroup && rule.empty && rule.stakeholders;
}

function madeBy({ origin }: Context, { id, record, team }: Group): NewEvent[] {
  const changes = [
    { key: 'displayName', from: null, to: record.displayName },
    { key: 'externalId', from: null, to: record.externalId },
  ];
  const made = [event(origin, 'group.created', 'grp', id, changes)];
  if (team) made.push(event(origin, 'team.created', 'team', team.id, [{ key: 'name', from: null, to: team.name }]));
  return made;
}

/** With the first group the team of a directory that had none ends, unless it is there by mode (seeds S5). */
async function beginGroups(context: Context, directoryId: string): Promise<void> {
  const { tx, policy } = context;
  const central = centralTeamOf(policy, directoryId);
  if (central && !teamMode(directoryPolicy(policy, directoryId), true).central) await closeCentral(context, central);
  await tx.groups.noteSent(directoryId);
}
