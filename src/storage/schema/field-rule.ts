import { defineEntity, p } from '@mikro-orm/core';
import { textArray, uuidArray } from './columns.ts';
import { Tenant } from './tenant.ts';
import { tenantWall } from './wall.ts';

/** What an admin decided for one field; a field without a row has the default rule. */
export const FieldRuleRow = defineEntity({
  name: 'FieldRule',
  tableName: 'field_rules',
  ...tenantWall(),
  properties: {
    tenant: () => p.manyToOne(Tenant).primary().updateRule('no action').deleteRule('no action'),
    field: p.text().primary(),
    sourceOfTruth: p.text(),
    editableBy: textArray(),
    directories: uuidArray(),
    version: p.integer(),
    updatedAt: p.datetime(3),
  },
});
