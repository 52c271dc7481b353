import type { Context } from '../command.ts';
import { wireId } from '../ids.ts';
import type { Group } from './group-store.ts';
import { joinGroup, leaveGroup } from './join-group.ts';
import { demandKnownMembers, type MemberChange, memberIds, possibleMemberIds } from './member-change.ts';

/** Changes who is in the group, step by step; refused when one of those to add is nobody the directory knows. */
export async function changeMembers(context: Context, group: Group, steps: MemberChange[]): Promise<void> {
  const settled = steps.length > 1 && steps.every((step) => step.kind !== 'removeWhere');
  if (settled) return settleMembers(context, group, steps as SettledChange[]);
  for (const step of steps) await changeStep(context, group, step);
}

type SettledChange = Exclude<MemberChange, { kind: 'removeWhere' }>;

/** Several steps as one: who was in and is in at the end has neither left nor joined, and has no event. */
async function settleMembers(context: Context, group: Group, steps: SettledChange[]): Promise<void> {
  const { tx } = context;
  const before = new Set((await tx.groups.members(group)).map((member) => member.id));
  const named = new Set<string>();
  let after = new Set(before);
  for (const step of steps) {
    if (step.kind === 'clear' || step.kind === 'replace') after = new Set();
    if (step.kind === 'remove') for (const id of possibleMemberIds(step.ids)) after.delete(id);
    if (step.kind === 'add' || step.kind === 'replace') {
      for (const id of memberIds(step.ids)) {
        after.add(id);
        named.add(id);
      }
    }
  }
  demandKnownMembers(await tx.groups.strangers(group, without(named, before)));
  const leaving = without(before, after);
  if (leaving.length > 0) await leaveGroup(context, group, leaving);
  await add(context, group, without(after, before));
}

const without = (all: Set<string>, some: Set<string>): string[] => [...all].filter((id) => !some.has(id));

async function changeStep(context: Context, group: Group, step: MemberChange): Promise<void> {
  const { tx } = context;
  if (step.kind === 'add') return add(context, group, memberIds(step.ids));
  if (step.kind === 'remove') {
    await leaveGroup(context, group, possibleMemberIds(step.ids));
    return;
  }
  const members = await tx.groups.members(group);
  const stay = step.kind === 'replace' ? new Set(memberIds(step.ids)) : new Set<string>();
  const leaving = members.filter((member) =>
    step.kind === 'removeWhere'
      ? step.matches({ value: wireId('usr', member.id), display: member.display, type: 'User' })
      : !stay.has(member.id),
  );
  if (leaving.length > 0)
    await leaveGroup(
      context,
      group,
      leaving.map((member) => member.id),
    );
  if (stay.size > 0) await add(context, group, [...stay]);
}

async function add(context: Context, group: Group, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return;
  demandKnownMembers((await joinGroup(context, group, userIds)).unknown);
}
