import type { Context } from '../command.ts';
import { directoryPolicy } from '../policy.ts';
import type { GroupRef } from './group-store.ts';
import type { Touched } from './projection-store.ts';
import { modeOf, projectionRule } from './team-mode.ts';

/**
 * Makes the team of a locked group that has none, when its directory's policy says so; `joining` are people who are about
 * to join it. Safe to ask again.
 */
export const projectGroup = (context: Context, { directoryId, id }: GroupRef, joining: string[]): Promise<Touched> =>
  project(context, directoryId, [id], joining);

/** Makes the teams that wait for one of these people to be more than a stakeholder (seeds S29). */
export async function projectGroupsOf(context: Context, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return;
  const waiting = await context.tx.projections.waitingOf(userIds);
  for (const [directoryId, refs] of Map.groupBy(waiting, (ref) => ref.directoryId)) {
    if (modeOf(context.policy, directoryId).perGroup)
      await project(
        context,
        directoryId,
        refs.map(({ id }) => id),
        [],
      );
  }
}

function project({ tx, origin, policy }: Context, directoryId: string, groupIds: string[], joining: string[]) {
  const rule = projectionRule(directoryPolicy(policy, directoryId));
  return tx.projections.project({ directoryId, groupIds, joining, rule }, policy.version, origin);
}
