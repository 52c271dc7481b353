const own = (column: string) => `${column} = current_setting('app.tenant')::uuid`;

/**
 * The second wall: a row is seen and written only under its own tenant. `current_setting` raises 42704 where no tenant
 * was set, so that a lost context is an error and never an empty list.
 */
export const tenantWall = (column = 'tenant_id') => ({
  policies: [{ name: 'tenant', using: own(column), check: own(column) }],
  rowLevelSecurity: 'force' as const,
});
