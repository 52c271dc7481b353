import type { Editor, FieldRule, RulePreset, SourceOfTruth } from '../../fields/rule.ts';
import { presetTruth } from '../../fields/rule-preset.ts';
import { isUserFieldKey, type UserFieldKey, userFieldKeys } from '../../fields/user.fields.ts';
import type { Command, Context } from '../command.ts';
import { HubError, invalid, refuse } from '../errors.ts';
import { event } from '../event.ts';
import { uuidOf } from '../ids.ts';
import { type Policy, ruleOf } from '../policy.ts';

export type FieldRuleEdit = {
  key: string;
  sourceOfTruth: SourceOfTruth;
  editableBy?: readonly Editor[] | null;
  /** Wire ids of directories in order of precedence. */
  directories?: readonly string[] | null;
};

/** Rules for single fields, or a preset for all of them; rules given beside a preset are exceptions to it. */
export type FieldRulesEdit = { rules?: FieldRuleEdit[] | null; preset?: RulePreset | null };

/** Writes the rules and returns those that changed; what people's values become is computed next. */
export const saveFieldRules: Command<FieldRulesEdit, Map<string, FieldRule>> = {
  name: 'setFieldRules',
  needs: 'rules:write',
  atomicity: 'transaction',
  async perform(context, edit) {
    const edits = [...presetEdits(edit.preset), ...(edit.rules ?? [])];
    if (edits.length === 0) throw new HubError('REQUIRED', 'Give rules or a preset.', { path: ['rules'] });
    refuse(await problemsOf(context, edits));
    const { policy, origin, tx, actor } = context;
    const changed = changedRules(policy, edits);
    if (changed.size === 0) return changed;
    const changes = [...changed].map(([key, rule]) => ({ key, from: plain(ruleOf(policy, key)), to: plain(rule) }));
    await tx.rules.save(changed, policy, event(origin, 'rules.updated', 'tnt', actor.tenantId, changes));
    return changed;
  },
};

const presetEdits = (preset: RulePreset | null | undefined): FieldRuleEdit[] =>
  preset ? userFieldKeys.map((key) => ({ key, sourceOfTruth: presetTruth(preset, key) })) : [];

async function problemsOf({ tx }: Context, edits: FieldRuleEdit[]): Promise<HubError[]> {
  const problems: HubError[] = [];
  for (const { key, directories } of edits) {
    if (!isUserFieldKey(key)) problems.push(invalid(['rules', key], `There is no field ${key}.`));
    for (const id of directories ?? []) {
      const uuid = uuidOf('dir', id);
      const known = uuid !== null && (await tx.directories.find(uuid));
      if (!known)
        problems.push(
          new HubError('NOT_FOUND', `There is no directory ${id}.`, { path: ['rules', key, 'directories'] }),
        );
    }
  }
  return problems;
}

function changedRules(policy: Policy, edits: FieldRuleEdit[]): Map<string, FieldRule> {
  const changed = new Map<string, FieldRule>();
  for (const edit of edits) {
    const before = ruleOf(policy, edit.key as UserFieldKey);
    const rule = {
      sourceOfTruth: edit.sourceOfTruth,
      editableBy: [...new Set(edit.editableBy ?? before.editableBy)],
      directories: edit.directories
        ? [...new Set(edit.directories.map((id) => uuidOf('dir', id)!))]
        : before.directories,
      version: before.version + 1,
    };
    if (isSame(before, rule)) changed.delete(edit.key);
    else changed.set(edit.key, rule);
  }
  return changed;
}

const plain = ({ sourceOfTruth, editableBy, directories }: FieldRule) => ({
  sourceOfTruth,
  editableBy: [...editableBy],
  directories: [...directories],
});

const isSame = (a: FieldRule, b: FieldRule) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));
