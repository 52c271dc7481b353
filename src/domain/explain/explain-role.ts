import { actorParts } from '../acting.ts';
import { wireId } from '../ids.ts';
import type { Role, RoleRule } from '../roles/role.ts';
import type { AppRoleRow, GrantRow } from '../roles/role-reader.ts';
import type { Explanation } from './explain-field.ts';
import type { Names } from './words.ts';

/** What is known of a person and a role: in which ways they hold it, the rules that give it, and their app roles. */
export type RoleMatter = {
  role: Role;
  userName: string;
  active: boolean;
  grants: readonly GrantRow[];
  rules: readonly RoleRule[];
  appRoles: readonly AppRoleRow[];
};

/** Why a person holds a role or not: every grant and rule that gives it, and what would have to be true for others to. */
export function explainRole(
  { role, userName, active, grants, rules, appRoles }: RoleMatter,
  names: Names,
): Explanation {
  const say = words(names, role);
  const held = grants.length > 0;
  const giving = rules.filter((rule) => rule.roleId === role.id);
  const unmet = giving.filter((rule) => !grants.some((grant) => isBy(grant, rule)));
  const ended = appRoles.filter(({ connected, value }) => !connected && giving.some((rule) => rule.appRole === value));
  return {
    held,
    steps: [
      say.is(userName, held),
      ...grants.map(say.way),
      ...ended.map(say.ended),
      ...(giving.length === 0 ? [say.noRule()] : []),
      ...(held && !active ? [say.inactive()] : []),
    ],
    missing: held ? [] : [...unmet.map(say.would), say.grant()],
  };
}

const isBy = (grant: GrantRow, rule: RoleRule): boolean =>
  (grant.via === 'GROUP' && grant.groupId === rule.groupId) ||
  (grant.via === 'APP_ROLE' && grant.value === rule.appRole);

/** Every sentence; each is about one row. */
const words = (names: Names, role: Role) => {
  const title = `"${role.name}" (${role.key})`;
  const named = (id: string) => (names(id) === null ? id : `"${names(id)}"`);
  const group = (id: string) => {
    const directory = names(`${wireId('grp', id)} of`);
    return `the group ${named(wireId('grp', id))}${directory === null ? '' : ` of ${directory}`}`;
  };
  const actor = (name: string) => {
    const { id, person } = actorParts(name);
    return person === null ? named(id) : `${named(person)} through ${id}`;
  };
  return {
    is: (userName: string, held: boolean) => `${userName} ${held ? 'holds' : 'does not hold'} the role ${title}.`,
    way: (grant: GrantRow) => {
      if (grant.via === 'DIRECT') return `${actor(grant.actor)} granted it directly on ${minute(grant.at)}.`;
      if (grant.via === 'GROUP') return `A rule gives it to members of ${group(grant.groupId)}; they are one.`;
      const directory = named(wireId('dir', grant.directoryId));
      return `A rule gives it to holders of the app role "${grant.value}"; the directory ${directory} says they hold that.`;
    },
    ended: ({ value, directoryId }: AppRoleRow) =>
      `The app role "${value}" is of the directory ${named(wireId('dir', directoryId))}, which is disconnected; it gives nothing any more.`,
    noRule: () => 'No rule gives this role.',
    inactive: () => 'They are not active: the role stays, and gives them nothing meanwhile.',
    would: ({ appRole, groupId }: RoleRule) =>
      appRole === null ? `Be in ${group(groupId!)}.` : `Be given the app role "${appRole}" by a connected directory.`,
    grant: () => 'Be granted it directly, with grantRole.',
  };
};

const minute = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`;
