import { defineEntity, p } from '@mikro-orm/core';
import { tenantWall } from './wall.ts';

/** A company. `policy_version` grows with every change of its rules or directories. */
export const Tenant = defineEntity({
  name: 'Tenant',
  tableName: 'tenants',
  ...tenantWall('id'),
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    policyVersion: p.integer().default(1),
    /** The policy that every person was last recomputed for; behind `policy_version` while that work is under way. */
    appliedPolicyVersion: p.integer().default(1),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
