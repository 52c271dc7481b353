import { wireId } from '../../domain/ids.ts';
import type { SourceKind } from '../../domain/ownership.ts';
import { type Policy, ruleOf } from '../../domain/policy.ts';
import type { CustomField } from '../../fields/custom-field.ts';
import type { Field } from '../../fields/field.ts';
import type { FieldRule } from '../../fields/rule.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';

/** A field by its key, with what its table says of it. */
export type DefinitionRow = { __typename: 'FieldDefinition'; key: string; field: Field | CustomField };

/** A rule with the field it is of. */
export type RuleRow = FieldRule & { field: DefinitionRow };

/** What gives a value; `directoryId` is a stored id. */
export type SourceRow = { kind: SourceKind; directoryId: string | null };

/** The field of that key as a value of the schema. */
export const definitionRow = ({ fields }: Policy, key: string): DefinitionRow => ({
  __typename: 'FieldDefinition',
  key,
  field: fields.known[key]!,
});

/** The rule of a field as a value of the schema. */
export const ruleRow = (policy: Policy, key: string): RuleRow => ({
  ...ruleOf(policy, key),
  field: definitionRow(policy, key),
});

/** Every fact about a field comes from its table. */
export const definitionPlain: PlainResolvers<DefinitionRow> = {
  id: ({ key, field }) => ('id' in field ? wireId('fld', field.id) : `fld_${key}`),
  label: ({ field }) => field.label,
  about: ({ field }) => field.about,
  type: ({ field }) => field.type,
  multiValued: ({ field }) => field.multiValued,
  custom: ({ field }) => 'id' in field,
  sensitive: ({ field }) => field.sensitive,
  scimPath: ({ field }) => field.scim ?? null,
};
