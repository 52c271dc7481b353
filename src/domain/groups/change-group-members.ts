import { afterJoining, afterLeaving, atomicityOfMembership } from '../admission/after-membership.ts';
import type { Command } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { notFound } from '../errors.ts';
import { uuidOf } from '../ids.ts';
import { demandKnownMembers, memberIds, possibleMemberIds } from './member-change.ts';

/** One delta of a group's members; the whole of what Entra sends. */
export type MemberDelta = { id: string; kind: 'add' | 'remove'; members: string[] };

/**
 * Adds or removes members by row, in one statement: as many of these as there are run beside each other on one group
 * and all of them count (entra.md C11). Adding a member twice and removing who is none change nothing.
 */
export const changeGroupMembers: Command<MemberDelta, void> = {
  name: 'changeGroupMembers',
  needs: 'provision',
  atomicity: atomicityOfMembership,
  async perform(context, { id, kind, members }) {
    const { tx, actor, origin } = context;
    demandAllowed(context, 'allowUpdate');
    const uuid = uuidOf('grp', id);
    if (uuid === null) throw notFound('group', id);
    const ref = { directoryId: actor.directoryId!, id: uuid };
    if (kind === 'remove') {
      const { found } = await tx.groups.removeMembers(ref, possibleMemberIds(members), origin);
      if (!found) throw notFound('group', id);
      await afterLeaving(context, ref.directoryId, possibleMemberIds(members));
      return;
    }
    const userIds = memberIds(members);
    const { found, unknown } = await tx.groups.addMembers(ref, userIds, origin);
    if (!found) throw notFound('group', id);
    demandKnownMembers(unknown);
    await afterJoining(context, ref.directoryId, userIds);
  },
};
