import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { demand } from '../../domain/actor.ts';
import { HubError } from '../../domain/errors.ts';
import { wireId } from '../../domain/ids.ts';
import { type Preview, previewFieldRules } from '../../domain/rules/preview-field-rules.ts';
import type { FieldChange as Change } from '../../domain/rules/read-impact.ts';
import { isHiddenField } from '../../domain/users/sensitive.ts';
import type { RulePreset } from '../../fields/rule.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadUser } from '../users/load-users.ts';
import { User } from '../users/user-type.ts';
import { RulePresetEnum } from './enums.ts';
import { FieldChange, FieldRuleImpact, FieldRulesProgress } from './rule-impact-types.ts';
import { editOf, FieldRuleInput } from './rule-input.ts';

/** What rules would do, and how far they are. */
@Resolver(() => FieldRuleImpact)
export class RulePreviewResolver {
  @Query(() => FieldRuleImpact, {
    description: 'What setFieldRules would change with the same input; changes nothing.',
  })
  previewFieldRules(
    @Arg('rules', () => [FieldRuleInput], { nullable: true, description: 'Rules for single fields.' })
    rules: FieldRuleInput[] | null | undefined,
    @Arg('preset', () => RulePresetEnum, { nullable: true, description: 'Rules for all fields.' })
    preset: RulePreset | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return previewFieldRules(context.hub, context.call, editOf(rules, preset));
  }

  @Query(() => FieldRulesProgress, {
    nullable: true,
    description: 'How far the newest change of rules is; null when there was none.',
  })
  fieldRulesProgress(@Ctx() context: RequestContext) {
    return context.reads.rules.work();
  }

  @FieldResolver()
  async sample(@Root() { sample }: Preview, @Ctx() context: RequestContext) {
    demand(context.actor, 'users:read');
    const { fields } = await context.policy();
    return sample.filter(({ key }) => !isHiddenField(context.actor, key, fields.known));
  }
}

/** The person of a change. */
@Resolver(() => FieldChange)
export class FieldChangeResolver {
  @FieldResolver(() => User, { description: 'The person.' })
  async user(@Root() { userId }: Change, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    const user = await loadUser(context, userId, info.selection.names);
    if (!user) throw new HubError('NOT_FOUND', `There is no user ${wireId('usr', userId)}.`, { path: ['id'] });
    return user;
  }
}
