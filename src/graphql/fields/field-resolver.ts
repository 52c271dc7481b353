import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { demandAny } from '../../domain/actor.ts';
import type { UserRow } from '../../domain/users/user-reader.ts';
import { Directory } from '../directories/directory-type.ts';
import { loadDirectory } from '../directories/load-directories.ts';
import type { RequestContext } from '../request-context.ts';
import { editingOf } from '../users/editing.ts';
import { loadPerson } from '../users/load-users.ts';
import { User } from '../users/user-type.ts';
import { definitionRow, type RuleRow, ruleRow, type SourceRow } from './field-rows.ts';
import { stateOf, wantedKeys } from './field-states.ts';
import { FieldDefinition, FieldRule, FieldSource, FieldState } from './field-types.ts';

/** Who may know what fields there are and who decides them. */
const READERS = ['users:read', 'rules:write'] as const;

/** The rules of every field, as they stand. */
export async function listRules(context: RequestContext): Promise<RuleRow[]> {
  demandAny(context.actor, READERS);
  const policy = await context.policy();
  return policy.fields.keys.map((key) => ruleRow(policy, key));
}

/** Questions about fields. */
@Resolver()
export class FieldQueries {
  @Query(() => [FieldDefinition], { description: "Every field of a person: the standard ones, then the tenant's own." })
  async fieldDefinitions(@Ctx() context: RequestContext) {
    demandAny(context.actor, READERS);
    const policy = await context.policy();
    return policy.fields.keys.map((key) => definitionRow(policy, key));
  }

  @Query(() => [FieldRule], { description: 'Who decides each field.' })
  fieldRules(@Ctx() context: RequestContext) {
    return listRules(context);
  }
}

/** The fields of a person. */
@Resolver(() => User)
export class FieldStateResolver {
  @FieldResolver(() => [FieldState], {
    description: 'Every defined field, standard or custom: value, rule, the source that won and the values that lost.',
  })
  async fields(
    @Root() user: UserRow,
    @Ctx() context: RequestContext,
    @Arg('keys', () => [String], { nullable: true, description: 'Only these fields.' }) keys?: string[] | null,
  ) {
    const [person, policy] = await Promise.all([loadPerson(context, user.id), context.policy()]);
    if (!person) return [];
    const editing = await editingOf(context, person);
    return wantedKeys(context, keys, policy).map((key) => stateOf(editing, person, key, policy));
  }
}

/** The directories of a rule. */
@Resolver(() => FieldRule)
export class RuleResolver {
  @FieldResolver(() => [Directory], { description: 'Directories in order of precedence; none: all, oldest first.' })
  async directories(@Root() rule: RuleRow, @Ctx() context: RequestContext) {
    const directories = await Promise.all(rule.directories.map((id) => loadDirectory(context, id)));
    return directories.filter((directory) => directory !== null);
  }
}

/** The directory of a source. */
@Resolver(() => FieldSource)
export class SourceResolver {
  @FieldResolver(() => Directory, { nullable: true, description: 'The directory, when the source is one.' })
  directory(@Root() source: SourceRow, @Ctx() context: RequestContext) {
    return source.directoryId === null ? null : loadDirectory(context, source.directoryId);
  }
}
