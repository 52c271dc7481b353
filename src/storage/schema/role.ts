import { defineEntity, p } from '@mikro-orm/core';
import { keyColumn } from './columns.ts';
import { DirectoryGroup } from './group.ts';
import { Tenant } from './tenant.ts';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

/** A role of the product. */
export const RoleRow = defineEntity({
  name: 'Role',
  tableName: 'roles',
  ...tenantWall(),
  properties: {
    tenant: () => p.manyToOne(Tenant).primary().updateRule('no action').deleteRule('no action'),
    id: p.uuid().primary(),
    key: p.text(),
    name: p.text(),
    description: p.text().nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
  indexes: [
    {
      name: 'roles_key_unique',
      expression: `create unique index "roles_key_unique" on "roles" ("tenant_id", lower(key))`,
    },
  ],
});

/** A role that somebody gave to a person; those that rules give follow from the rules. */
export const RoleGrant = defineEntity({
  name: 'RoleGrant',
  tableName: 'role_grants',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    user: () =>
      p.manyToOne(User).primary().joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
    role: () =>
      p.manyToOne(RoleRow).primary().joinColumns('tenant_id', 'role_id').updateRule('no action').deleteRule('cascade'),
    actor: p.text(),
    at: p.datetime(3),
  },
  indexes: [{ name: 'role_grants_role', properties: ['tenantId', 'role', 'user'] as never }],
});

/** What holders of an app role, or members of a group, are given: a role, a kind, or both. */
export const RoleRuleRow = defineEntity({
  name: 'RoleRule',
  tableName: 'role_rules',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    position: p.integer(),
    role: () =>
      p.manyToOne(RoleRow).joinColumns('tenant_id', 'role_id').updateRule('no action').deleteRule('no action'),
    appRole: keyColumn().nullable(),
    group: () =>
      p
        .manyToOne(DirectoryGroup)
        .nullable()
        .joinColumns('tenant_id', 'group_id')
        .updateRule('no action')
        .deleteRule('cascade'),
    kind: p.text().nullable(),
  },
  indexes: [
    { name: 'role_rules_role', properties: ['tenantId', 'role'] as never },
    { name: 'role_rules_group', properties: ['tenantId', 'group'] as never },
  ],
});

/** The app roles in the records of directories, as they are searched: one row for each value. */
export const AppRoleHolder = defineEntity({
  name: 'AppRoleHolder',
  tableName: 'app_role_holders',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    user: () =>
      p.manyToOne(User).primary().joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
    sourceId: p.uuid().primary(),
    value: keyColumn().primary(),
  },
  indexes: [
    {
      name: 'app_role_holders_value',
      expression: `create index "app_role_holders_value" on "app_role_holders" ("tenant_id", "value", "user_id")`,
    },
  ],
});
