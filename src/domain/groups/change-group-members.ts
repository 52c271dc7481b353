import type { Command } from '../command.ts';
import { demandAllowed } from '../directories/demand-allowed.ts';
import { notFound } from '../errors.ts';
import { uuidOf } from '../ids.ts';
import { joinGroup, leaveGroup } from './join-group.ts';
import { demandKnownMembers, memberIds, possibleMemberIds } from './member-change.ts';

/** One delta of a group's members; the whole of what Entra sends. */
export type MemberDelta = { id: string; kind: 'add' | 'remove'; members: string[] };

/**
 * Adds or removes members by row: as many of these as there are run beside each other on one group and all of them count
 * (entra.md C11). Adding takes one statement, unless a team is made by it or shared with other groups; removing asks the
 * brake first. Adding a member twice and removing who is none change nothing.
 */
export const changeGroupMembers: Command<MemberDelta, void> = {
  name: 'changeGroupMembers',
  needs: 'provision',
  atomicity: 'statement',
  async perform(context, { id, kind, members }) {
    demandAllowed(context, 'allowUpdate');
    const uuid = uuidOf('grp', id);
    if (uuid === null) throw notFound('group', id);
    const ref = { directoryId: context.actor.directoryId!, id: uuid };
    const { found, unknown } =
      kind === 'remove'
        ? await leaveGroup(context, ref, possibleMemberIds(members))
        : await joinGroup(context, ref, memberIds(members));
    if (!found) throw notFound('group', id);
    demandKnownMembers(unknown);
  },
};
