import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { actorParts } from '../../domain/acting.ts';
import { HubError } from '../../domain/errors.ts';
import { explainRole, type RoleMatter } from '../../domain/explain/explain-role.ts';
import { uuidOf, wireId } from '../../domain/ids.ts';
import type { GrantRow } from '../../domain/roles/role-reader.ts';
import type { UserRow } from '../../domain/users/user-reader.ts';
import { loadDirectory, loadGroup } from '../directories/load-directories.ts';
import { Explanation } from '../explain/explanation-type.ts';
import type { RequestContext } from '../request-context.ts';
import { loadUser } from '../users/load-users.ts';
import { User } from '../users/user-type.ts';
import { loadAppRoles, loadGrants, loadRole } from './load-roles.ts';
import { RoleGrant } from './role-type.ts';

const typeOf = { DIRECT: 'DirectGrant', GROUP: 'GroupGrant', APP_ROLE: 'AppRoleGrant' } as const;
const NAMED: ReadonlySet<string> = new Set(['userName', 'status']);

/** The roles of a person. */
@Resolver(() => User)
export class UserRolesResolver {
  @FieldResolver(() => [RoleGrant], { description: 'Every way in which they hold a role, by key of the role.' })
  async roles(@Root() user: UserRow, @Ctx() context: RequestContext) {
    const grants = await loadGrants(context, user.id);
    return grants.map((grant) => ({ role: grant.role, via: { __typename: typeOf[grant.via], ...grant } }));
  }

  @FieldResolver(() => Explanation, { description: 'Why they hold a role, or what would have to be true for them to.' })
  async explainRole(
    @Root() user: UserRow,
    @Ctx() context: RequestContext,
    @Arg('role', () => ID, { description: 'The role.' }) id: string,
  ) {
    const uuid = uuidOf('role', id);
    const role = uuid && (await loadRole(context, uuid));
    if (!role) throw new HubError('NOT_FOUND', `There is no role ${id}.`, { path: ['role'] });
    const [person, all, appRoles, { roleRules }] = await Promise.all([
      loadUser(context, user.id, NAMED),
      loadGrants(context, user.id),
      loadAppRoles(context, user.id),
      context.policy(),
    ]);
    const grants = all.filter((grant) => grant.role.id === role.id);
    const { userName = '', status } = person ?? {};
    const matter = { role, userName, active: status === 'ACTIVE', grants, rules: roleRules, appRoles };
    return explainRole(matter, await namesFor(context, matter));
  }
}

/** Names of the groups, directories and people that an explanation may tell of, as far as the caller may read them. */
async function namesFor(context: RequestContext, { role, grants, rules, appRoles }: RoleMatter) {
  const names = new Map<string, string>();
  if (context.actor.scopes.has('directories:read')) {
    const nameDirectory = async (id: string) => {
      const directory = await loadDirectory(context, id);
      if (directory) names.set(wireId('dir', id), directory.name);
      return directory?.name;
    };
    const nameGroup = async (id: string) => {
      const group = await loadGroup(context, id);
      if (!group) return;
      names.set(wireId('grp', id), group.displayName!);
      const directory = group.directoryId && (await nameDirectory(group.directoryId));
      if (directory) names.set(`${wireId('grp', id)} of`, `"${directory}"`);
    };
    const groups = rules.filter(({ roleId, groupId }) => roleId === role.id && groupId).map(({ groupId }) => groupId!);
    await Promise.all([...groups.map(nameGroup), ...appRoles.map(({ directoryId }) => nameDirectory(directoryId))]);
  }
  await Promise.all(grants.map((grant) => nameActor(context, grant, names)));
  return (id: string) => names.get(id) ?? null;
}

async function nameActor(context: RequestContext, grant: GrantRow, names: Map<string, string>): Promise<void> {
  const by = grant.via === 'DIRECT' ? actorParts(grant.actor).person : null;
  const uuid = by && uuidOf('usr', by);
  const person = uuid && (await loadUser(context, uuid, NAMED));
  if (person) names.set(by, person.userName!);
}
