import type { SourceKind } from '../../domain/ownership.ts';
import { type Policy, ruleOf } from '../../domain/policy.ts';
import type { Field } from '../../fields/field.ts';
import type { FieldRule } from '../../fields/rule.ts';
import { type UserFieldKey, userFields } from '../../fields/user.fields.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';

/** A field by its key; the rest is in the table of fields. */
export type DefinitionRow = { __typename: 'FieldDefinition'; key: UserFieldKey };

/** A rule with the field it is of. */
export type RuleRow = FieldRule & { field: DefinitionRow };

/** What gives a value; `directoryId` is a stored id. */
export type SourceRow = { kind: SourceKind; directoryId: string | null };

/** The field of that key as a value of the schema. */
export const definitionRow = (key: UserFieldKey): DefinitionRow => ({ __typename: 'FieldDefinition', key });

/** The rule of a field as a value of the schema. */
export const ruleRow = (policy: Policy, key: UserFieldKey): RuleRow => ({
  ...ruleOf(policy, key),
  field: definitionRow(key),
});

const fieldOf = ({ key }: DefinitionRow): Field => userFields[key];

/** Every fact about a field comes from its table. */
export const definitionPlain: PlainResolvers<DefinitionRow> = {
  id: ({ key }) => `fld_${key}`,
  label: (row) => fieldOf(row).label,
  about: (row) => fieldOf(row).about,
  type: (row) => fieldOf(row).type,
  multiValued: (row) => fieldOf(row).multiValued,
  custom: () => false,
  sensitive: (row) => fieldOf(row).sensitive,
  scimPath: (row) => fieldOf(row).scim ?? null,
};
