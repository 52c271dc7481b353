import type { Command } from '../command.ts';
import { event, type NewEvent, type Origin } from '../event.ts';
import { type Policy, ruleOf } from '../policy.ts';
import { editedRules, type FieldRulesEdit, keysDecided, plainRule, type Rules } from './rule-edit.ts';

/** Writes the rules and returns those that changed; what people's values become is computed next. */
export const saveFieldRules: Command<FieldRulesEdit, Rules> = {
  name: 'setFieldRules',
  needs: 'rules:write',
  atomicity: 'statement',
  async perform(context, edit) {
    const { policy, origin, tx, actor } = context;
    const rules = await editedRules(context, edit);
    if (rules.size > 0) await tx.rules.save(changeOf(rules, policy, origin, actor.tenantId), policy.version);
    return rules;
  },
};

/** New rules, whose values have to be computed because of them, and the event that tells it. */
export type RuleChange = { rules: Rules; keys: string[]; before: Policy; event: NewEvent };

/** The change of that policy by those rules. */
export function changeOf(rules: Rules, before: Policy, origin: Origin, tenantId: string): RuleChange {
  const changes = [...rules].map(([key, rule]) => ({ key, from: plainRule(ruleOf(before, key)), to: plainRule(rule) }));
  return {
    rules,
    keys: keysDecided(rules, before),
    before,
    event: event(origin, 'rules.updated', 'tnt', tenantId, changes),
  };
}
