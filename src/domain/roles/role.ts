import type { UserKind } from '../users/person.ts';

/** A role of the product; `id` is the stored id, `key` what programs call it. */
export type Role = { id: string; key: string; name: string; description: string | null };

/** The key of the built-in role that a tenant never loses its last active holder of. */
export const OWNER = 'owner';
export const ADMIN = 'admin';

/** Roles that every tenant has; they are renamed, never removed. Each kind has one, for rules that give a kind alone. */
export const builtInRoles: readonly Omit<Role, 'id'>[] = [
  { key: OWNER, name: 'Owner', description: 'Decides over everything, other owners included.' },
  { key: ADMIN, name: 'Admin', description: 'Runs the hub from day to day.' },
  { key: 'member', name: 'Member', description: 'Takes part.' },
  { key: 'stakeholder', name: 'Stakeholder', description: 'Is kept informed.' },
];

/**
 * What everyone has who holds an app role, or is in a group: a role, and a kind if there is one. Exactly one of `appRole` and
 * `groupId` is set; `roleKey` is the key of the role.
 */
export type RoleRule = {
  id: string;
  roleId: string;
  roleKey: string;
  appRole: string | null;
  groupId: string | null;
  kind: UserKind | null;
};
