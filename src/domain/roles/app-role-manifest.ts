import type { JsonObject } from '../json.ts';
import type { Role } from './role.ts';

/**
 * The `appRoles` of Entra's application manifest for these roles (seeds SE7). Its ids are those of the roles, so that a
 * role that is renamed here stays the one that people are assigned to there.
 */
export const appRoleManifest = (roles: readonly Role[]): JsonObject[] =>
  roles.map(({ id, key, name, description }) => ({
    allowedMemberTypes: ['User'],
    description: description || name,
    displayName: name,
    id,
    isEnabled: true,
    value: key,
  }));
