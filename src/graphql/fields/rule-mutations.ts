import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { FieldRuleEdit } from '../../domain/rules/save-field-rules.ts';
import { setFieldRules } from '../../domain/rules/set-field-rules.ts';
import type { Editor, RulePreset, SourceOfTruth } from '../../fields/rule.ts';
import { attemptTo } from '../problems/attempt.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { EditorEnum, RulePresetEnum, SourceOfTruthEnum } from './enums.ts';
import { listRules } from './field-resolver.ts';
import { FieldRule } from './field-types.ts';

const FieldRulesPayload = payloadType('FieldRulesPayload', {
  fieldRules: { type: () => [FieldRule], nullable: false, about: 'The rules of all fields as they are now.' },
  usersChanged: { type: () => Int, nullable: false, about: 'How many people got another value.' },
});

@InputType({ description: 'A rule for one field; what is absent stays.' })
class FieldRuleInput {
  @Field(() => String, { description: 'Key of the field.' })
  key!: string;

  @Field(() => SourceOfTruthEnum, { description: 'Who decides.' })
  sourceOfTruth!: SourceOfTruth;

  @Field(() => [EditorEnum], { nullable: true, description: 'Who may edit it while the directory does not own it.' })
  editableBy?: Editor[] | null;

  @Field(() => [ID], { nullable: true, description: 'Directories in order of precedence.' })
  directories?: string[] | null;
}

/** Commands about rules. */
@Resolver(() => FieldRulesPayload)
export class RuleMutations {
  @Mutation(() => FieldRulesPayload, {
    description: 'Changes rules and computes anew whoever they concern. Rules beside a preset are exceptions to it.',
  })
  async setFieldRules(
    @Arg('rules', () => [FieldRuleInput], { nullable: true, description: 'Rules for single fields.' })
    rules: FieldRuleInput[] | null | undefined,
    @Arg('preset', () => RulePresetEnum, { nullable: true, description: 'Rules for all fields.' })
    preset: RulePreset | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    const edit = { rules: rules as FieldRuleEdit[] | null | undefined, preset };
    const outcome = await attemptTo(context, () => setFieldRules(context.hub, context.call, edit));
    return { usersChanged: 0, ...outcome };
  }

  @FieldResolver()
  fieldRules(@Ctx() context: RequestContext) {
    return listRules(context);
  }
}
