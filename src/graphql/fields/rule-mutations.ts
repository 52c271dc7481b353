import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver } from 'type-graphql';
import { applyFieldRules } from '../../domain/rules/apply-field-rules.ts';
import { setFieldRules } from '../../domain/rules/set-field-rules.ts';
import type { RulePreset } from '../../fields/rule.ts';
import { attemptTo } from '../problems/attempt.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { RulePresetEnum } from './enums.ts';
import { listRules } from './field-resolver.ts';
import { FieldRule } from './field-types.ts';
import { editOf, FieldRuleInput } from './rule-input.ts';

const FieldRulesPayload = payloadType('FieldRulesPayload', {
  fieldRules: { type: () => [FieldRule], nullable: false, about: 'The rules of all fields as they are now.' },
  usersChanged: { type: () => Int, nullable: false, about: 'How many people got another value.' },
});

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
    const edit = editOf(rules, preset);
    const outcome = await attemptTo(context, () => setFieldRules(context.hub, context.call, edit));
    return { usersChanged: 0, ...outcome };
  }

  @Mutation(() => FieldRulesPayload, {
    description: 'Applies exactly what previewFieldRules showed, or STALE_PREVIEW.',
  })
  async applyFieldRules(
    @Arg('token', () => ID, { description: 'The token of the preview.' }) token: string,
    @Ctx() context: RequestContext,
  ) {
    const outcome = await attemptTo(context, () => applyFieldRules(context.hub, context.call, token));
    return { usersChanged: 0, ...outcome };
  }

  @FieldResolver()
  fieldRules(@Ctx() context: RequestContext) {
    return listRules(context);
  }
}
