import type { Command, Context } from '../command.ts';
import { HubError, notFound } from '../errors.ts';
import { event } from '../event.ts';
import { uuidOf, wireId } from '../ids.ts';
import { getTeam } from '../teams/get-team.ts';
import type { Team } from '../teams/team-store.ts';
import type { Group, GroupRef } from './group-store.ts';
import { projectGroup } from './project-groups.ts';
import { modeOf } from './team-mode.ts';

/**
 * Makes a directory's group one of that team, whose members are then those of all its groups and those added by hand. The
 * team that the group made goes, unless something was done to it by hand: then it stays as a manual one.
 */
export const linkGroup: Command<{ group: string; team: string }, Team> = {
  name: 'linkGroup',
  needs: 'teams:write',
  atomicity: 'transaction',
  async perform(context, input) {
    const { tx } = context;
    const team = await getTeam(context, input.team);
    if (team.origin === 'CENTRAL') {
      const message = `${team.name} is the team of all people of a directory; a group cannot be linked to it.`;
      throw new HubError('NOT_ALLOWED', message, { path: ['team'] });
    }
    const ref = await refOf(context, input.group);
    await tx.groups.lockOfTeam(ref.id, team.id);
    const group = await lock(context, ref, input.group);
    if (group.team?.id === team.id) return team;
    await move(context, group, team);
    return team;
  },
};

/** Takes a group out of the team that an admin linked it to; it makes a team of its own where policy says so. */
export const unlinkGroup: Command<{ group: string }, Team | null> = {
  name: 'unlinkGroup',
  needs: 'teams:write',
  atomicity: 'transaction',
  async perform(context, input) {
    const ref = await refOf(context, input.group);
    const group = await lock(context, ref, input.group);
    if (!group.linked) {
      const message = `${group.record.displayName} is linked to no team by hand.`;
      throw new HubError('NOT_ALLOWED', message, { path: ['group'] });
    }
    await move(context, group, null);
    if (modeOf(context.policy, ref.directoryId).perGroup) await projectGroup(context, ref, []);
    return (await context.tx.groups.lock(ref))?.team ?? null;
  },
};

async function refOf({ tx }: Context, id: string): Promise<GroupRef> {
  const uuid = uuidOf('grp', id);
  const directoryId = uuid && (await tx.history.directoryOfGroup(uuid));
  if (!directoryId) throw unknownGroup(id);
  return { directoryId, id: uuid };
}

async function lock({ tx }: Context, ref: GroupRef, id: string): Promise<Group> {
  const group = await tx.groups.lock(ref);
  if (!group) throw unknownGroup(id);
  return group;
}

const unknownGroup = (id: string) =>
  new HubError('NOT_FOUND', notFound('group of a connected directory', id).message, { path: ['group'] });

function move({ tx, origin }: Context, group: Group, team: Team | null): Promise<void> {
  const named = (other: Team | null) => other && wireId('team', other.id);
  const changes = [{ key: 'team', from: named(group.team), to: named(team) }];
  return tx.groups.move(group, team?.id ?? null, event(origin, 'group.updated', 'grp', group.id, changes));
}
