import type { Context } from '../command.ts';
import { HubError, notFound } from '../errors.ts';
import { type Change, event } from '../event.ts';
import { joinGroup, leaveGroup } from '../groups/join-group.ts';
import { uuidOf, wireId } from '../ids.ts';
import type { UndoPlan } from './undo-plan.ts';

type Kept = { changes: Change[]; problems: HubError[] };

/** Lets the person join and leave by that plan; what can no longer be joined is a problem of its own and holds up nothing. */
export async function restoreMemberships(
  context: Context,
  userId: string,
  memberships: UndoPlan['memberships'],
): Promise<Kept> {
  const kept: Kept = { changes: [], problems: [] };
  for (const [place, step] of memberships) {
    const groupId = uuidOf('grp', place);
    const problem =
      groupId === null ? await byHand(context, userId, place, step) : await inGroup(context, userId, groupId, step);
    const [key, id] = groupId === null ? ['team', wireId('team', place)] : ['group', place];
    if (problem) kept.problems.push(problem);
    else kept.changes.push({ key, from: step === 'leave' ? id : null, to: step === 'leave' ? null : id });
  }
  return kept;
}

async function inGroup(context: Context, userId: string, id: string, step: 'join' | 'leave') {
  const directoryId = await context.tx.history.directoryOfGroup(id);
  if (directoryId === null) return step === 'leave' ? null : notFound('group', wireId('grp', id));
  const ref = { directoryId, id };
  if (step === 'leave') {
    await leaveGroup(context, ref, [userId]);
    return null;
  }
  const { unknown } = await joinGroup(context, ref, [userId]);
  const message = `The directory of ${wireId('grp', id)} no longer holds the person.`;
  return unknown.length === 0 ? null : new HubError('NOT_ALLOWED', message, { path: ['group'] });
}

async function byHand({ tx, origin }: Context, userId: string, id: string, step: 'join' | 'leave') {
  const team = await tx.teams.find(id);
  if (!team) return step === 'leave' ? null : notFound('team', wireId('team', id));
  const told = event(origin, `team.members.${step === 'leave' ? 'removed' : 'added'}`, 'team', id);
  if (step === 'leave') {
    const { projected } = await tx.teams.removeMembers(team, [userId], told);
    const message = `A directory group puts the person into ${team.name}; take them out there.`;
    return projected.length === 0 ? null : new HubError('NOT_ALLOWED', message, { path: ['team'] });
  }
  const { unknown } = await tx.teams.addMembers(team, [userId], told);
  return unknown.length === 0 ? null : notFound('user', wireId('usr', userId));
}
