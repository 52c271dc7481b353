import type { Command, Context } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { demandGroupNames, type GroupRecord } from '../directories/record.ts';
import { demandVersion, notFound, StaleWrite } from '../errors.ts';
import { type Change, event } from '../event.ts';
import { uuidOf } from '../ids.ts';
import { type JsonObject, sameJson } from '../json.ts';
import type { Group } from './group-store.ts';
import type { MemberChange } from './member-change.ts';
import { changeMembers } from './member-steps.ts';

/** How a directory changes a group: what its record becomes, and then its members, step by step. */
export type GroupChange = {
  id: string;
  /** The version that it must have for that; null for any. */
  ifVersion?: number | null;
  change(record: GroupRecord): GroupRecord;
  members: MemberChange[];
};

/** Applies a whole change of a group at once; parallel changes of the same group wait for each other. */
export const changeGroup: Command<GroupChange, Group> = {
  name: 'changeGroup',
  needs: 'provision',
  atomicity: 'transaction',
  async perform(context, input) {
    demandAllowed(context, 'allowUpdate');
    const group = await lockGroup(context, input.id, input.ifVersion);
    const changed = await changeRecord(context, group, input.change(group.record));
    await changeMembers(context, changed, input.members);
    return changed;
  },
};

/** The calling directory's group, kept for this transaction; NOT_FOUND, or VERSION_CONFLICT when another was expected. */
export async function lockGroup({ tx, actor, policy }: Context, id: string, ifVersion?: number | null): Promise<Group> {
  const uuid = uuidOf('grp', id);
  const group = uuid === null ? null : await tx.groups.lock({ directoryId: actor.directoryId!, id: uuid });
  if (!group) throw notFound('group', id);
  if (group.ruled && !policy.roleRules.some(({ groupId }) => groupId === group.id)) throw new StaleWrite();
  if (ifVersion) demandVersion(await tx.groups.version(group), ifVersion);
  return group;
}

/** Writes the group's record, and the name of the team that still has the group's. */
export async function changeRecord({ tx, origin }: Context, group: Group, record: GroupRecord): Promise<Group> {
  const before = group.record;
  demandGroupNames(record);
  if (sameJson(record.resource, before.resource)) return group;
  const changes: Change[] = [
    { key: 'displayName', from: before.displayName, to: record.displayName },
    { key: 'externalId', from: before.externalId, to: record.externalId },
  ].filter((change) => change.from !== change.to);
  changes.push(...otherChanges(before.resource, record.resource));
  const events = [event(origin, 'group.updated', 'grp', group.id, changes)];
  // A team that was renamed by hand keeps its name (seeds S4); one that still has the group's follows it,
  // unless an admin chose the team.
  const follows =
    group.team && !group.linked && group.team.name === before.displayName && before.displayName !== record.displayName;
  const team = follows ? { ...group.team!, name: record.displayName, version: group.team!.version + 1 } : group.team;
  if (follows) {
    const renamed = [{ key: 'name', from: before.displayName, to: record.displayName }];
    events.push(event(origin, 'team.updated', 'team', team!.id, renamed));
  }
  const changed = { ...group, record, team };
  await tx.groups.save(changed, events);
  return changed;
}

const TOLD = new Set(['displayName', 'externalId']);

function otherChanges(before: JsonObject, after: JsonObject): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !TOLD.has(name) && !sameJson(before[name], after[name]))
    .map((name) => ({ key: name, from: before[name] ?? null, to: after[name] ?? null }));
}
