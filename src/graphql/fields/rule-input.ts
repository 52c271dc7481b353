import { Field, ID, InputType } from 'type-graphql';
import type { FieldRuleEdit, FieldRulesEdit } from '../../domain/rules/rule-edit.ts';
import type { Editor, RulePreset, SourceOfTruth } from '../../fields/rule.ts';
import { EditorEnum, SourceOfTruthEnum } from './enums.ts';

/** A rule for one field. */
@InputType({ description: 'A rule for one field; what is absent stays.' })
export class FieldRuleInput {
  @Field(() => String, { description: 'Key of the field.' })
  key!: string;

  @Field(() => SourceOfTruthEnum, { description: 'Who decides.' })
  sourceOfTruth!: SourceOfTruth;

  @Field(() => [EditorEnum], { nullable: true, description: 'Who may edit it while the directory does not own it.' })
  editableBy?: Editor[] | null;

  @Field(() => [ID], { nullable: true, description: 'Directories in order of precedence.' })
  directories?: string[] | null;
}

/** The edit that these arguments ask for. */
export const editOf = (
  rules: FieldRuleInput[] | null | undefined,
  preset: RulePreset | null | undefined,
): FieldRulesEdit => ({
  rules: rules as FieldRuleEdit[] | null | undefined,
  preset,
});
