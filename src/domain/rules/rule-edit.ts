import type { Editor, FieldRule, RulePreset, SourceOfTruth } from '../../fields/rule.ts';
import { presetTruth } from '../../fields/rule-preset.ts';
import type { Context } from '../command.ts';
import { HubError, refuse } from '../errors.ts';
import { uuidOf } from '../ids.ts';
import { sameJson } from '../json.ts';
import { fieldOf, type Policy, ruleOf } from '../policy.ts';

export type FieldRuleEdit = {
  key: string;
  sourceOfTruth: SourceOfTruth;
  editableBy?: readonly Editor[] | null;
  /** Wire ids of directories in order of precedence. */
  directories?: readonly string[] | null;
};

/** Rules for single fields, or a preset for all of them; rules given beside a preset are exceptions to it. */
export type FieldRulesEdit = { rules?: FieldRuleEdit[] | null; preset?: RulePreset | null };

/** Rules by field key. */
export type Rules = ReadonlyMap<string, FieldRule>;

/** The rules that the edit makes different from those that stand. Refuses an edit that names what is not there. */
export async function editedRules(context: Context, { rules, preset }: FieldRulesEdit): Promise<Rules> {
  const edits = [...presetEdits(context.policy, preset), ...(rules ?? [])];
  if (edits.length === 0) throw new HubError('REQUIRED', 'Give rules or a preset.', { path: ['rules'] });
  refuse(await problemsOf(context, edits));
  return changedRules(context.policy, edits);
}

/** Every key whose value a rule decides under that policy. */
export const ruledKeys = ({ fields }: Policy): readonly string[] => fields.keys;

/** Keys of the rules that may give another value than those of that policy: who may edit a field decides no value. */
export const keysDecided = (rules: Rules, policy: Policy): string[] =>
  ruledKeys(policy).filter((key) => {
    const [before, after] = [ruleOf(policy, key), rules.get(key)];
    if (!after) return false;
    return before.sourceOfTruth !== after.sourceOfTruth || !sameJson([...before.directories], [...after.directories]);
  });

/** What of a rule an event tells. */
export const plainRule = ({ sourceOfTruth, editableBy, directories }: FieldRule) => ({
  sourceOfTruth,
  editableBy: [...editableBy],
  directories: [...directories],
});

const presetEdits = ({ fields }: Policy, preset: RulePreset | null | undefined): FieldRuleEdit[] =>
  preset ? fields.keys.map((key) => ({ key, sourceOfTruth: presetTruth(preset, key, fields.fields[key]!) })) : [];

async function problemsOf({ tx, policy }: Context, edits: FieldRuleEdit[]): Promise<HubError[]> {
  const problems: HubError[] = [];
  for (const { key, directories } of edits) {
    if (!fieldOf(policy, key))
      problems.push(
        new HubError('INVALID_INPUT', `There is no field ${key}.`, { path: ['rules', key], policyBound: true }),
      );
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

function changedRules(policy: Policy, edits: FieldRuleEdit[]): Rules {
  const changed = new Map<string, FieldRule>();
  for (const edit of edits) {
    const before = ruleOf(policy, edit.key);
    const rule = {
      sourceOfTruth: edit.sourceOfTruth,
      editableBy: [...new Set(edit.editableBy ?? before.editableBy)],
      directories: edit.directories
        ? [...new Set(edit.directories.map((id) => uuidOf('dir', id)!))]
        : before.directories,
      version: before.version + 1,
    };
    if (sameJson(plainRule(before), plainRule(rule))) changed.delete(edit.key);
    else changed.set(edit.key, rule);
  }
  return changed;
}
