import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { createRole, deleteRole, updateRole } from '../../domain/roles/change-roles.ts';
import { grantRole, revokeRole } from '../../domain/roles/grant-role.ts';
import type { Role as DomainRole } from '../../domain/roles/role.ts';
import { type RoleRuleEdit, setRoleRules } from '../../domain/roles/set-role-rules.ts';
import { attempt, attemptTo } from '../problems/attempt.ts';
import { DeletePayload } from '../problems/delete-payload.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { changed, UserPayload } from '../users/user-mutations.ts';
import { listRoleRules } from './role-queries.ts';
import { Role, RoleRule, RoleRuleInput } from './role-type.ts';

const RolePayload = payloadType('RolePayload', {
  role: { type: () => Role, nullable: true, about: 'The role as it is now.' },
});

const RoleRulesPayload = payloadType('RoleRulesPayload', {
  roleRules: { type: () => [RoleRule], nullable: false, about: 'The rules as they are now.' },
});

const asPayload = (role: DomainRole) => ({ role });

/** Commands about roles. */
@Resolver()
export class RoleMutations {
  @Mutation(() => RolePayload, { description: 'Makes a role.' })
  createRole(
    @Arg('key', () => String, { description: 'What programs call it.' }) key: string,
    @Arg('name', () => String, { description: 'Name shown to people.' }) name: string,
    @Arg('description', () => String, { nullable: true, description: 'What it is for.' })
    description: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, createRole, { key, name, description: description ?? null }, asPayload);
  }

  @Mutation(() => RolePayload, { description: 'Renames or describes a role: what is absent stays, null clears.' })
  updateRole(
    @Arg('id', () => ID, { description: 'The role.' }) id: string,
    @Arg('name', () => String, { nullable: true, description: 'Its name; it cannot be cleared.' })
    name: string | null | undefined,
    @Arg('description', () => String, { nullable: true, description: 'What it is for.' })
    description: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    const edit = { id, ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
    return attempt(context, updateRole, edit, asPayload);
  }

  @Mutation(() => DeletePayload, {
    description: 'Removes a role and takes it from whoever was given it; refused while a rule gives it.',
  })
  deleteRole(@Arg('id', () => ID, { description: 'The role.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, deleteRole, { id }, () => ({ deletedId: id }));
  }

  @Mutation(() => UserPayload, {
    description: 'Gives a person a role, whatever directories say. The role owner takes the scope tenants:admin.',
  })
  grantRole(
    @Arg('user', () => ID, { description: 'The person.' }) user: string,
    @Arg('role', () => ID, { description: 'The role.' }) role: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, grantRole, { user, role }, changed);
  }

  @Mutation(() => UserPayload, {
    description: 'Takes back a role that was given directly; what rules give stays. Never from the last active owner.',
  })
  revokeRole(
    @Arg('user', () => ID, { description: 'The person.' }) user: string,
    @Arg('role', () => ID, { description: 'The role.' }) role: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, revokeRole, { user, role }, changed);
  }

  @Mutation(() => RoleRulesPayload, {
    description: 'Replaces all rules, in this order, and sets the kind of whoever they concern.',
  })
  setRoleRules(
    @Arg('rules', () => [RoleRuleInput], { description: 'All rules; the first comes first.' }) rules: RoleRuleInput[],
    @Ctx() context: RequestContext,
  ) {
    return attemptTo(context, async () => {
      await setRoleRules(context.hub, context.call, rules as RoleRuleEdit[]);
      return {};
    });
  }
}

/** The rules of a payload. */
@Resolver(() => RoleRulesPayload)
export class RoleRulesPayloadResolver {
  @FieldResolver()
  roleRules(@Root() _payload: object, @Ctx() context: RequestContext) {
    return listRoleRules(context);
  }
}
