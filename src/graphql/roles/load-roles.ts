import type { Role } from '../../domain/roles/role.ts';
import type { AppRoleRow, GrantRow } from '../../domain/roles/role-reader.ts';
import type { RequestContext } from '../request-context.ts';

/** Every role of the tenant, read once a request. */
export const loadRoles = (context: RequestContext): Promise<Role[]> =>
  context
    .loader<'all', Role[]>('roles', async (keys) => {
      const roles = await context.reads.roles.list();
      return keys.map(() => roles);
    })
    .load('all');

/** The role of that stored id, or null. */
export const loadRole = async (context: RequestContext, id: string): Promise<Role | null> =>
  (await loadRoles(context)).find((role) => role.id === id) ?? null;

/** Every way in which that person holds a role. */
export const loadGrants = (context: RequestContext, userId: string): Promise<GrantRow[]> =>
  context
    .loader<string, GrantRow[]>('roles of users', async (ids) => grouped(ids, await context.reads.roles.grants(ids)))
    .load(userId);

/** The app roles of that person. */
export const loadAppRoles = (context: RequestContext, userId: string): Promise<AppRoleRow[]> =>
  context
    .loader<string, AppRoleRow[]>('app roles', async (ids) => grouped(ids, await context.reads.roles.appRoles(ids)))
    .load(userId);

function grouped<Row extends { userId: string }>(ids: readonly string[], rows: readonly Row[]): Row[][] {
  const lists = new Map(ids.map((id) => [id, [] as Row[]]));
  for (const row of rows) lists.get(row.userId)!.push(row);
  return ids.map((id) => lists.get(id)!);
}
