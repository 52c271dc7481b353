import { afterLeaving } from '../admission/after-membership.ts';
import { pressBrake } from '../brake/press-brake.ts';
import type { Command } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { event } from '../event.ts';
import { directoryPolicy } from '../policy.ts';
import { keepingOwnersByGroup } from '../roles/last-owner.ts';
import { lockGroup } from './change-group.ts';

/**
 * A directory deletes a group. The team it made goes too, the people stay, and each has the event of having left it; or
 * the team stays with its people as made by hand. While the brake is on the group goes for the directory only.
 */
export const deprovisionGroup: Command<{ id: string; ifVersion?: number | null }, void> = {
  name: 'deprovisionGroup',
  needs: 'provision',
  atomicity: 'transaction',
  async perform(given, { id, ifVersion }) {
    demandAllowed(given, 'allowDelete');
    const group = await lockGroup(given, id, ifVersion);
    const members = (await given.tx.groups.members(group)).map((member) => member.id);
    const { context, holds } = await pressBrake(given, 'LOSS', members);
    const { tx, origin, policy } = context;
    const changes = [{ key: 'displayName', from: group.record.displayName, to: null }];
    if (holds) return tx.held.holdGroup(group, event(origin, 'group.deletion.held', 'grp', group.id, changes));
    const deleted = event(origin, 'group.deleted', 'grp', group.id, changes);
    if (group.shared) await tx.groups.lockTeam(group);
    const keepsTeam = directoryPolicy(policy, group.directoryId).onGroupDelete === 'KEEP_AS_MANUAL';
    if (keepsTeam) await tx.projections.keep(group.directoryId, [group.id], origin);
    const team = keepsTeam ? null : group.team;
    const teamGone =
      team && event(origin, 'team.deleted', 'team', team.id, [{ key: 'name', from: team.name, to: null }]);
    const rules = policy.roleRules.filter(({ groupId }) => groupId === group.id);
    const remove = () => tx.groups.remove({ ...group, team }, deleted, teamGone);
    const { users } = await (rules.length > 0 ? keepingOwnersByGroup(context, remove) : remove());
    if (rules.some(({ kind }) => kind !== null)) await tx.roles.settleKinds(users, origin);
    await afterLeaving(context, group.directoryId, users);
  },
};
