import { afterJoining, afterLeaving, demandWatched } from '../admission/after-membership.ts';
import type { Context } from '../command.ts';
import { changingGroup } from '../roles/settle-kinds.ts';
import type { GroupRef, MemberOutcome } from './group-store.ts';

/** Adds people to a group, and sets what rules and gates make of them. */
export async function join(context: Context, ref: GroupRef, userIds: string[]): Promise<MemberOutcome> {
  demandWatched(context, ref.directoryId);
  const outcome = await changingGroup(context, ref.id, userIds, (withRules) =>
    context.tx.groups.addMembers(ref, userIds, context.origin, withRules),
  );
  if (outcome.unknown.length === 0) await afterJoining(context, ref.directoryId, userIds);
  return outcome;
}

/** Takes people out of a group, and sets what rules and gates make of them. */
export async function leave(
  context: Context,
  ref: GroupRef,
  userIds: string[],
): Promise<Omit<MemberOutcome, 'unknown'>> {
  demandWatched(context, ref.directoryId);
  const outcome = await changingGroup(context, ref.id, userIds, (withRules) =>
    context.tx.groups.removeMembers(ref, userIds, context.origin, withRules),
  );
  await afterLeaving(context, ref.directoryId, userIds);
  return outcome;
}
