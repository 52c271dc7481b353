import { afterLeaving, watchesGroups } from '../admission/after-membership.ts';
import type { Command } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { event } from '../event.ts';
import { lockGroup } from './change-group.ts';

/** A directory deletes a group: it goes with the team it made; the people stay, and each has the event of having left. */
export const deprovisionGroup: Command<{ id: string; ifVersion?: number | null }, void> = {
  name: 'deprovisionGroup',
  needs: 'provision',
  atomicity: 'transaction',
  async perform(context, { id, ifVersion }) {
    const { tx, origin, policy } = context;
    demandAllowed(context, 'allowDelete');
    const group = await lockGroup(context, id, ifVersion);
    const changes = [{ key: 'displayName', from: group.record.displayName, to: null }];
    const deleted = event(origin, 'group.deleted', 'grp', group.id, changes);
    const { team } = group;
    const teamChanges = team && [{ key: 'name', from: team.name, to: null }];
    const members = watchesGroups(policy, group.directoryId) ? await tx.groups.members(group) : [];
    await tx.groups.remove(group, deleted, team && event(origin, 'team.deleted', 'team', team.id, teamChanges!));
    await afterLeaving(
      context,
      group.directoryId,
      members.map((member) => member.id),
    );
  },
};
