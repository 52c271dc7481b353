import type { CustomField, CustomFieldType } from '../../fields/custom-field.ts';
import { type Call, type Command, type Hub, run } from '../command.ts';
import { HubError, invalid, refuse } from '../errors.ts';
import { event } from '../event.ts';
import { uuidOf } from '../ids.ts';
import type { Policy } from '../policy.ts';
import { typeProblem } from './create-field.ts';
import { facts, labelProblem, scimProblem } from './field-problems.ts';
import { fillFields } from './fill-fields.ts';

/** What changes of a field: absent stays; a `scimPath` of null takes it from the directories. */
export type FieldEdit = {
  id: string;
  label?: string | null;
  type?: string | null;
  scimPath?: string | null;
  sensitive?: boolean | null;
};

/** Changes a field; under another type or path its values are computed anew from what was kept. */
export async function updateField(hub: Hub, call: Call, edit: FieldEdit): Promise<CustomField> {
  // Whether anything changes is not to be told from what this process remembers.
  await hub.storage.policy(call.actor.tenantId, true);
  const field = await run(hub, call, saveField, edit);
  await fillFields(hub, call);
  return field;
}

const saveField: Command<FieldEdit, CustomField> = {
  name: 'updateField',
  needs: 'rules:write',
  atomicity: 'transaction',
  async perform({ tx, policy, origin }, edit) {
    const before = getCustomField(policy, edit.id);
    const { scim: path, ...rest } = before;
    const scim = edit.scimPath === undefined ? path : (edit.scimPath ?? undefined);
    const field: CustomField = {
      ...rest,
      label: edit.label ?? before.label,
      about: edit.label ?? before.about,
      type: (edit.type ?? before.type) as CustomFieldType,
      sensitive: edit.sensitive ?? before.sensitive,
      ...(scim !== undefined && { scim }),
    };
    const problems = [labelProblem(field.label), typeProblem(field.type), scimProblem(scim, field.key, policy.fields)];
    refuse(problems.filter((problem) => problem !== null));
    const [was, is] = [facts(before), facts(field)];
    const keys = (Object.keys(is) as (keyof typeof is)[]).filter((key) => was[key] !== is[key]);
    if (keys.length === 0) return before;
    const changes = keys.map((key) => ({ key, from: was[key], to: is[key] }));
    const next = { ...field, version: before.version + 1 };
    const pending = before.type !== field.type || before.scim !== field.scim;
    await tx.fields.save(
      { field: next, rule: null, pending },
      policy,
      event(origin, 'field.updated', 'fld', field.id, changes),
    );
    return next;
  },
};

/** Takes a field out of use: its values are kept, and neither shown nor written. */
export const retireField: Command<{ id: string }, CustomField> = {
  name: 'retireField',
  needs: 'rules:write',
  atomicity: 'transaction',
  async perform({ tx, policy, origin }, { id }) {
    const before = getCustomField(policy, id);
    const field = { ...before, version: before.version + 1, retiredAt: origin.at };
    const changes = [{ key: 'retiredAt', from: null, to: origin.at }];
    await tx.fields.save(
      { field, rule: null, pending: false },
      policy,
      event(origin, 'field.retired', 'fld', field.id, changes),
    );
    return field;
  },
};

/** The tenant's own field of that wire id; refuses with NOT_FOUND, and standard fields with INVALID_INPUT. */
function getCustomField({ fields }: Policy, id: string): CustomField {
  const uuid = uuidOf('fld', id);
  const field = uuid === null ? null : fields.custom.find((one) => one.id === uuid);
  if (field) return field;
  if (fields.keys.some((key) => id === `fld_${key}`)) throw invalid(['id'], 'A standard field cannot be changed.');
  throw new HubError('NOT_FOUND', `There is no field ${id}.`, { path: ['id'], policyBound: true });
}
