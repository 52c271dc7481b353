import { afterJoining, afterLeaving, demandWatched } from '../admission/after-membership.ts';
import type { Context } from '../command.ts';
import { NeedsTransaction } from '../one-transaction.ts';
import { changingGroup } from '../roles/settle-kinds.ts';
import type { Group, GroupRef, MemberOutcome } from './group-store.ts';
import { projectGroup } from './project-groups.ts';
import { modeOf } from './team-mode.ts';

/**
 * People join a group, and its team, and what rules and gates make of them follows. The one place where it is known who
 * really did: `changed`. A group that makes its team now, or shares one with others, is locked for that.
 */
export async function joinGroup(context: Context, ref: GroupRef | Group, userIds: string[]): Promise<MemberOutcome> {
  const { tx, origin, policy } = context;
  const makesTeam = modeOf(policy, ref.directoryId).perGroup;
  const outcome = await changeMembers(context, ref, userIds, userIds, (isHeld, withRules) =>
    tx.groups.addMembers(ref, userIds, origin, { isHeld, makesTeam, withRules }),
  );
  await afterJoining(context, ref.directoryId, outcome.changed);
  return outcome;
}

/** People leave a group, and its team unless something else holds them there; `changed`: who really did. */
export async function leaveGroup(context: Context, ref: GroupRef | Group, userIds: string[]): Promise<MemberOutcome> {
  const { tx, origin } = context;
  const outcome = await changeMembers(context, ref, userIds, [], (isHeld, withRules) =>
    tx.groups.removeMembers(ref, userIds, origin, { isHeld, makesTeam: false, withRules }),
  );
  await afterLeaving(context, ref.directoryId, outcome.changed);
  return outcome;
}

type Change = (isHeld: boolean, withRules: boolean) => Promise<MemberOutcome>;

async function changeMembers(
  context: Context,
  ref: GroupRef | Group,
  userIds: string[],
  joining: string[],
  change: Change,
) {
  demandWatched(context, ref.directoryId);
  const isHeld = context.tx.atomicity === 'transaction';
  if (isHeld) await hold(context, ref, joining);
  const outcome = await changingGroup(context, ref.id, userIds, (withRules) => change(isHeld, withRules));
  if (outcome.waits) throw new NeedsTransaction();
  return outcome;
}

async function hold(context: Context, ref: GroupRef | Group, joining: string[]): Promise<void> {
  const group = 'record' in ref ? ref : await context.tx.groups.lock(ref);
  if (!group) return;
  if (group.shared) await context.tx.groups.lockTeam(group);
  if (group.team || joining.length === 0 || !modeOf(context.policy, ref.directoryId).perGroup) return;
  await projectGroup(context, group, joining);
}
