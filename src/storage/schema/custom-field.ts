import { defineEntity, p } from '@mikro-orm/core';
import { keyColumn } from './columns.ts';
import { Tenant } from './tenant.ts';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

/** A field that one tenant added. `pending`: its values are still to be computed from what was kept. */
export const CustomFieldRow = defineEntity({
  name: 'CustomField',
  tableName: 'custom_fields',
  ...tenantWall(),
  properties: {
    tenant: () => p.manyToOne(Tenant).primary().updateRule('no action').deleteRule('no action'),
    id: p.uuid().primary(),
    key: p.text(),
    label: p.text(),
    type: p.text(),
    scimPath: p.text().nullable(),
    sensitive: p.boolean(),
    version: p.integer(),
    pending: p.boolean(),
    updatedAt: p.datetime(3),
    retiredAt: p.datetime(3).nullable(),
  },
  uniques: [{ name: 'custom_fields_key_unique', properties: ['tenant', 'key'] }],
});

/** The values of custom fields that count, as they are searched and sorted: one text for each, in the order of its type. */
export const CustomValue = defineEntity({
  name: 'CustomValue',
  tableName: 'custom_values',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    user: () =>
      p.manyToOne(User).primary().joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
    field: () =>
      p
        .manyToOne(CustomFieldRow)
        .primary()
        .joinColumns('tenant_id', 'field_id')
        .updateRule('no action')
        .deleteRule('cascade'),
    key: keyColumn(),
  },
  indexes: [
    {
      name: 'custom_values_key',
      expression: `create index "custom_values_key" on "custom_values" ("tenant_id", "field_id", "key", "user_id")`,
    },
  ],
});
