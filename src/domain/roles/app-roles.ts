import type { Json, JsonObject } from '../json.ts';

/** The values of the app roles in a directory's record of a person (seeds S28). */
export function appRolesOf({ roles }: JsonObject): string[] {
  const list: readonly Json[] = Array.isArray(roles) ? roles : roles ? [roles] : [];
  return list.map(roleValue).filter((value) => value !== null);
}

function roleValue(role: Json): string | null {
  if (typeof role === 'string') return role;
  if (role === null || typeof role !== 'object' || Array.isArray(role)) return null;
  return typeof role.value === 'string' ? role.value : null;
}
