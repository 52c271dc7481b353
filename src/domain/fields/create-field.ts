import type { CustomField, CustomFieldType } from '../../fields/custom-field.ts';
import { customFieldTypes } from '../../fields/custom-field.ts';
import { defaultRule, type Editor, type SourceOfTruth } from '../../fields/rule.ts';
import { customTruth } from '../../fields/rule-preset.ts';
import { type Call, type Command, type Hub, run } from '../command.ts';
import { type HubError, invalid, refuse } from '../errors.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import { facts, keyProblem, labelProblem, scimProblem } from './field-problems.ts';
import { fillFields } from './fill-fields.ts';

/** A field that a tenant adds; without a `scimPath` no directory may write it. */
export type NewField = {
  key: string;
  label: string;
  type: string;
  scimPath?: string | null;
  sensitive?: boolean | null;
  sourceOfTruth?: SourceOfTruth | null;
  editableBy?: readonly Editor[] | null;
};

/**
 * Adds a field, and fills it from what directories have sent at its path before. A key that was retired brings its field
 * back, with the values that fit.
 */
export async function createField(hub: Hub, call: Call, input: NewField): Promise<CustomField> {
  // What stands in the way is not to be told from what this process remembers.
  await hub.storage.policy(call.actor.tenantId, true);
  const field = await run(hub, call, saveNewField, input);
  await fillFields(hub, call);
  return field;
}

const saveNewField: Command<NewField, CustomField> = {
  name: 'createField',
  needs: 'rules:write',
  atomicity: 'transaction',
  async perform({ tx, policy, origin }, input) {
    const { fields } = policy;
    const scim = input.scimPath ?? undefined;
    const problems = [keyProblem(input.key, fields), labelProblem(input.label), typeProblem(input.type)];
    refuse([...problems, scimProblem(scim, input.key, fields)].filter((problem) => problem !== null));
    const before = fields.retired.find(({ key }) => key === input.key);
    const field: CustomField = {
      id: before?.id ?? newId(),
      key: input.key,
      label: input.label,
      about: input.label,
      type: input.type as CustomFieldType,
      ...(scim !== undefined && { scim }),
      multiValued: false,
      sensitive: input.sensitive ?? false,
      version: (before?.version ?? 0) + 1,
      retiredAt: null,
    };
    const rule = {
      ...defaultRule,
      sourceOfTruth: input.sourceOfTruth ?? customTruth(field),
      editableBy: [...new Set(input.editableBy ?? defaultRule.editableBy)],
      version: (policy.rules.get(field.key)?.version ?? 0) + 1,
    };
    const told = { ...facts(field), sourceOfTruth: rule.sourceOfTruth, editableBy: rule.editableBy };
    const changes = Object.entries(told).map(([key, to]) => ({ key, from: null, to }));
    const pending = scim !== undefined || before !== undefined;
    await tx.fields.save({ field, rule, pending }, policy, event(origin, 'field.created', 'fld', field.id, changes));
    return field;
  },
};

/** The problem with the type of a field, or null. */
export function typeProblem(type: string): HubError | null {
  if ((customFieldTypes as readonly string[]).includes(type)) return null;
  return invalid(['type'], `A field of your own cannot be of the type ${type.slice(0, 40)}.`);
}
