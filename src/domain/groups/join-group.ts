import { afterJoining, afterLeaving, demandWatched } from '../admission/after-membership.ts';
import { pressBrake } from '../brake/press-brake.ts';
import type { Context } from '../command.ts';
import { demandTransaction, NeedsTransaction } from '../one-transaction.ts';
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
  demandWatched(context, ref.directoryId);
  const isHeld = tx.atomicity === 'transaction';
  if (isHeld) await hold(context, ref, userIds);
  const makesTeam = modeOf(policy, ref.directoryId).perGroup;
  const outcome = await changingGroup(context, ref.id, userIds, (withRules) =>
    tx.groups.addMembers(ref, userIds, origin, { isHeld, makesTeam, withRules }),
  );
  if (outcome.waits) throw new NeedsTransaction();
  await afterJoining(context, ref.directoryId, outcome.changed);
  return outcome;
}

/**
 * People leave a group, and its team unless something else holds them there; `changed`: who really did. While the brake is
 * on they leave it for the directory only.
 */
export async function leaveGroup(given: Context, ref: GroupRef | Group, userIds: string[]): Promise<MemberOutcome> {
  demandTransaction(given.tx);
  await hold(given, ref, []);
  const leaving = await given.tx.held.membersAmong(ref, userIds);
  if (leaving === null || leaving.length === 0) return { ...nobody, found: leaving !== null };
  const { context, holds } = await pressBrake(given, 'LOSS', leaving);
  const { tx, origin } = context;
  if (holds) {
    await tx.held.holdMembers(ref, leaving, origin);
    return nobody;
  }
  const outcome = await changingGroup(context, ref.id, leaving, (withRules) =>
    tx.groups.removeMembers(ref, leaving, origin, { isHeld: true, makesTeam: false, withRules }),
  );
  await afterLeaving(context, ref.directoryId, outcome.changed);
  return outcome;
}

const nobody: MemberOutcome = { found: true, ruled: false, waits: false, unknown: [], changed: [] };

async function hold(context: Context, ref: GroupRef | Group, joining: string[]): Promise<void> {
  const group = 'record' in ref ? ref : await context.tx.groups.lock(ref);
  if (!group) return;
  if (group.shared) await context.tx.groups.lockTeam(group);
  if (group.team || joining.length === 0 || !modeOf(context.policy, ref.directoryId).perGroup) return;
  await projectGroup(context, group, joining);
}
