import type { Command, Context } from '../command.ts';
import { StaleWrite } from '../errors.ts';
import { projectGroupsOf } from '../groups/project-groups.ts';
import { demandTransaction } from '../one-transaction.ts';
import { keepingOwnersByGroup } from './last-owner.ts';
import { OWNER } from './role.ts';

/** Sets everyone's kind by the rules that stand; safe to repeat. */
export const settleAllKinds: Command<void, void> = {
  name: 'settleKinds',
  needs: 'rules:write',
  atomicity: 'statement',
  perform: ({ tx, origin }) => tx.roles.settleKinds(null, origin),
};

/**
 * Changes who is in a group, and with it what rules make of them. Where no rule names the group, it is one statement and
 * nothing else; where one does of which this process has not heard, nothing is changed and `run` decides again.
 */
export async function changingGroup<T extends { ruled: boolean }>(
  context: Context,
  groupId: string,
  users: readonly string[],
  work: (withRules: boolean) => Promise<T>,
): Promise<T> {
  const { tx, origin, policy } = context;
  const rules = policy.roleRules.filter((rule) => rule.groupId === groupId);
  if (rules.length > 0) demandTransaction(tx);
  const change = () => work(rules.length > 0);
  const isOwners = rules.some((rule) => rule.roleKey === OWNER);
  const outcome = await (isOwners ? keepingOwnersByGroup(context, change) : change());
  if (!outcome.ruled) return outcome;
  if (rules.length === 0) throw new StaleWrite();
  await tx.roles.settleKinds(users, origin);
  await projectGroupsOf(context, [...users]);
  return outcome;
}
