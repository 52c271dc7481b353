import type { Role, RoleRule } from './role.ts';

/** One way in which a person holds a role; ids are stored ids. */
export type GrantRow = { userId: string; role: Role } & (
  | { via: 'DIRECT'; actor: string; at: string }
  | { via: 'GROUP'; groupId: string }
  | { via: 'APP_ROLE'; value: string; directoryId: string }
);

/** A person's app role, from whichever directory that still holds them. */
export type AppRoleRow = { userId: string; value: string; directoryId: string; connected: boolean };

/** Reads roles, by key. */
export interface RoleReader {
  list(tenantId: string): Promise<Role[]>;
  rules(tenantId: string): Promise<RoleRule[]>;
  /** Every way in which each of these people holds a role, by key of the role. */
  grants(tenantId: string, userIds: readonly string[]): Promise<GrantRow[]>;
  appRoles(tenantId: string, userIds: readonly string[]): Promise<AppRoleRow[]>;
  /** Roles that were given directly, of each person. */
  direct(tenantId: string, userIds: readonly string[]): Promise<{ userId: string; key: string }[]>;
}
