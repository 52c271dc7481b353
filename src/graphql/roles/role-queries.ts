import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { wireId } from '../../domain/ids.ts';
import { appRoleManifest } from '../../domain/roles/app-role-manifest.ts';
import type { Role as RoleRow, RoleRule as RuleRow } from '../../domain/roles/role.ts';
import type { GrantRow } from '../../domain/roles/role-reader.ts';
import { Directory } from '../directories/directory-type.ts';
import { DirectoryGroup } from '../directories/group-type.ts';
import { loadDirectory, loadGroup } from '../directories/load-directories.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import { JsonScalar } from '../scalars/json.ts';
import { loadRole, loadRoles } from './load-roles.ts';
import { AppRoleGrant, GroupGrant, Role, RoleRule } from './role-type.ts';

/** Fields of a role that follow from the row at once. */
export const rolePlain: PlainResolvers<RoleRow> = { id: (role) => wireId('role', role.id) };

/** Fields of a rule that follow from the row at once. */
export const roleRulePlain: PlainResolvers<RuleRow> = { id: (rule) => wireId('rule', rule.id) };

/** The rules in their order, each with its place. */
export const listRoleRules = async (context: RequestContext) =>
  (await context.reads.roles.rules()).map((rule, position) => ({ ...rule, position }));

/** The rule of that stored id, or null. */
export const loadRoleRule = async (context: RequestContext, id: string) =>
  (await listRoleRules(context)).find((rule) => rule.id === id) ?? null;

/** Questions about roles. */
@Resolver()
export class RoleQueries {
  @Query(() => [Role], { description: 'Every role, by key.' })
  roles(@Ctx() context: RequestContext) {
    return loadRoles(context);
  }

  @Query(() => [RoleRule], { description: 'What app roles and groups of directories give, in order.' })
  roleRules(@Ctx() context: RequestContext) {
    return listRoleRules(context);
  }

  @Query(() => JsonScalar, {
    description: "The `appRoles` of Entra's application manifest for the hub's roles; ids stay whatever is renamed.",
  })
  async appRolesManifest(@Ctx() context: RequestContext) {
    return appRoleManifest(await loadRoles(context));
  }
}

/** What a rule is about. */
@Resolver(() => RoleRule)
export class RoleRuleResolver {
  @FieldResolver(() => Role, { description: 'The role that it gives; for a kind alone, the one of that kind.' })
  role(@Root() { roleId }: RuleRow, @Ctx() context: RequestContext) {
    return loadRole(context, roleId);
  }

  @FieldResolver(() => DirectoryGroup, { nullable: true, description: 'The group that it is about.' })
  group(@Root() { groupId }: RuleRow, @Ctx() context: RequestContext) {
    return groupId === null ? null : loadGroup(context, groupId);
  }
}

/** The group of a grant. */
@Resolver(() => GroupGrant)
export class GroupGrantResolver {
  @FieldResolver(() => DirectoryGroup, { description: 'The group.' })
  group(@Root() { groupId }: Extract<GrantRow, { via: 'GROUP' }>, @Ctx() context: RequestContext) {
    return loadGroup(context, groupId);
  }
}

/** The directory of a grant. */
@Resolver(() => AppRoleGrant)
export class AppRoleGrantResolver {
  @FieldResolver(() => Directory, { description: 'The directory that gives the app role.' })
  directory(@Root() { directoryId }: Extract<GrantRow, { via: 'APP_ROLE' }>, @Ctx() context: RequestContext) {
    return loadDirectory(context, directoryId);
  }
}
