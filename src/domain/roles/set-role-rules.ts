import { type Call, type Command, type Context, type Hub, run } from '../command.ts';
import { HubError, invalid } from '../errors.ts';
import { event } from '../event.ts';
import { newId, uuidOf, wireId } from '../ids.ts';
import type { Json } from '../json.ts';
import { recomputeAll } from '../rules/set-field-rules.ts';
import { isStorable } from '../users/check-value.ts';
import type { UserKind } from '../users/person.ts';
import { demandRightTo, getRole } from './get-role.ts';
import { keepingAnOwner } from './last-owner.ts';
import { OWNER, type RoleRule } from './role.ts';

/** A rule as it is given; ids are wire ids. */
export type RoleRuleEdit = {
  role?: string | null;
  appRole?: string | null;
  group?: string | null;
  kind?: UserKind | null;
};

const MOST_RULES = 500;

/**
 * Replaces the rules in their order, then sets the kind of whoever they concern. The rules are committed first and
 * writes that were computed under the old ones are waited for, as for rules of fields.
 */
export async function setRoleRules(hub: Hub, call: Call, rules: readonly RoleRuleEdit[]): Promise<void> {
  const pending = await run(hub, call, saveRoleRules, rules);
  if (!pending) return;
  const scopes = new Set([...call.actor.scopes, 'rules:write'] as const);
  await recomputeAll(hub, { ...call, actor: { ...call.actor, scopes } });
}

/** Commits the rules; true when kinds are to be set by them. */
const saveRoleRules: Command<readonly RoleRuleEdit[], boolean> = {
  name: 'setRoleRules',
  needs: 'roles:write',
  atomicity: 'transaction',
  async perform(context, edits) {
    const { tx, policy, origin, actor } = context;
    if (edits.length > MOST_RULES) throw invalid(['rules'], `rules holds more than ${MOST_RULES} rules.`);
    const rules: RoleRule[] = [];
    for (const [index, edit] of edits.entries()) rules.push(await ruleOf(context, edit, ['rules', String(index)]));
    await demandGroups(context, rules);
    const before = policy.roleRules;
    demandOwnerRules(context, before, rules);
    const changes = [{ key: 'rules', from: before.map(told), to: rules.map(told) }];
    const pending = [...before, ...rules].some((rule) => rule.kind !== null);
    await keepingAnOwner(context, () =>
      tx.roles.saveRules(rules, pending, policy, event(origin, 'roles.rules.changed', 'tnt', actor.tenantId, changes)),
    );
    return pending;
  },
};

async function ruleOf(context: Context, edit: RoleRuleEdit, path: string[]): Promise<RoleRule> {
  const { role: roleId, appRole = null, group = null, kind = null } = edit;
  if ((appRole === null) === (group === null)) throw invalid(path, 'A rule names an app role or a group: exactly one.');
  if (!roleId && kind === null) throw invalid(path, 'A rule gives a role, a kind, or both.');
  if (appRole !== null && (appRole.trim() === '' || appRole.length > 256 || !isStorable(appRole)))
    throw invalid([...path, 'appRole'], 'appRole is empty, longer than 256 characters or not valid Unicode text.');
  const role = roleId ? await getRole(context, roleId, 'rules') : (await context.tx.roles.byKey(kind!.toLowerCase()))!;
  const groupId = group === null ? null : uuidOf('grp', group);
  if (group !== null && groupId === null) throw noGroup(group, [...path, 'group']);
  return { id: newId(), roleId: role.id, roleKey: role.key, appRole, groupId, kind };
}

async function demandGroups({ tx }: Context, rules: readonly RoleRule[]): Promise<void> {
  const ids = rules.map(({ groupId }) => groupId).filter((id) => id !== null);
  const [unknown] = ids.length > 0 ? await tx.roles.unknownGroups(ids) : [];
  if (unknown) throw noGroup(wireId('grp', unknown), ['rules']);
}

const noGroup = (id: string, path: string[]) => new HubError('NOT_FOUND', `There is no group ${id}.`, { path });

/** Who becomes an owner by rule is decided by who may make owners. */
function demandOwnerRules(context: Context, before: readonly RoleRule[], after: readonly RoleRule[]): void {
  const owning = (rules: readonly RoleRule[]) =>
    JSON.stringify(rules.filter(({ roleKey }) => roleKey === OWNER).map(({ appRole, groupId }) => [appRole, groupId]));
  if (owning(before) !== owning(after)) demandRightTo(context, { key: OWNER });
}

/** A rule in the event that tells of it. */
const told = ({ roleKey, appRole, groupId, kind }: RoleRule): Json => ({
  role: roleKey,
  ...(appRole !== null && { appRole }),
  ...(groupId !== null && { group: wireId('grp', groupId) }),
  ...(kind !== null && { kind }),
});
