import { defineEntity, p } from '@mikro-orm/core';
import { textArray } from './columns.ts';
import { Tenant } from './tenant.ts';
import { tenantWall } from './wall.ts';

/** How far the people of a tenant are computed under one version of its policy. */
export const RuleChangeRow = defineEntity({
  name: 'RuleChange',
  tableName: 'rule_changes',
  ...tenantWall(),
  properties: {
    tenant: () => p.manyToOne(Tenant).primary().updateRule('no action').deleteRule('no action'),
    /** Of the policy. */
    version: p.integer().primary(),
    /** Fields that are computed; null: all of them. */
    keys: textArray().nullable(),
    total: p.integer(),
    done: p.integer(),
    usersChanged: p.integer(),
    /** The last person that was looked at. */
    lastUserId: p.uuid().nullable(),
    startedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
  },
});
