import { afterJoining, afterLeaving } from '../admission/after-membership.ts';
import type { Command, Context } from '../command.ts';
import { StaleWrite } from '../errors.ts';
import { event } from '../event.ts';
import { directoryPolicy } from '../policy.ts';
import type { Batch } from './brake-store.ts';
import type { HeldGroup } from './held-store.ts';

/** How many memberships one transaction ends or gives back. */
const MEMBERS = 500;
const GROUPS = 20;

const step = (perform: (context: Context, batch: Batch) => Promise<boolean>): Command<Batch, boolean> => ({
  name: 'releaseBrake',
  needs: 'users:write',
  atomicity: 'transaction',
  perform: (context, batch) => {
    // What is remembered may be older than the directory.
    if (!context.policy.directories.has(batch.directoryId)) throw new StaleWrite();
    return perform(context, batch);
  },
});

/** Takes the next people out of the teams that the brake kept them in; false when there are none. */
export const endMembers = step(async (context, { directoryId }) => {
  const { tx, origin } = context;
  const userIds = await tx.held.releaseMembers(directoryId, 'ALLOW_HELD', MEMBERS, origin);
  await afterLeaving(context, directoryId, [...new Set(userIds)]);
  return userIds.length > 0;
});

/** Puts the next people back into the groups that their directory took them out of; false when there are none. */
export const restoreMembers = step(async (context, { directoryId }) => {
  const { tx, origin } = context;
  const userIds = await tx.held.releaseMembers(directoryId, 'RESTORE', MEMBERS, origin);
  await afterJoining(context, directoryId, [...new Set(userIds)]);
  return userIds.length > 0;
});

/** Where policy keeps the team of a deleted group, its people stay in it, by hand. */
export const keepTeams = step(async ({ tx, origin, policy }, { directoryId }) => {
  if (directoryPolicy(policy, directoryId).onGroupDelete === 'KEEP_AS_MANUAL')
    await tx.held.keepTeams(directoryId, origin);
  return false;
});

/** Ends the next groups, and the teams they made; false when there are none. */
export const endGroups = step(async ({ tx, origin }, { directoryId }) => {
  const groups = await tx.held.nextGroups(directoryId, GROUPS);
  for (const group of groups) {
    const deleted = event(origin, 'group.deleted', 'grp', group.id, named('displayName', group.displayName));
    const teamDeleted = event(origin, 'team.deleted', 'team', group.teamId ?? '', named('name', group.teamName));
    await tx.held.endGroup(group, deleted, teamDeleted);
  }
  return groups.length > 0;
});

const named = (key: string, from: HeldGroup['teamName']) => [{ key, from, to: null }];

/** Gives the next groups back; false when there are none. */
export const restoreGroups = step(async ({ tx, origin }, { directoryId }) => {
  const groups = await tx.held.nextGroups(directoryId, GROUPS);
  for (const group of groups) {
    const changes = [{ key: 'displayName', from: null, to: group.displayName }];
    await tx.held.restoreGroup(group, event(origin, 'group.restored', 'grp', group.id, changes));
  }
  return groups.length > 0;
});
