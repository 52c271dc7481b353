import { defineEntity, p } from '@mikro-orm/core';
import { tenantWall } from './wall.ts';

/**
 * Work that concerns every tenant names itself for one transaction, and sees which there are. It sees no shadow: those are
 * seen by the work that makes and removes them, and by no other.
 */
const sweptWall = () => {
  const wall = tenantWall('id');
  const seen = (name: string, sweep: string, which: string) => ({
    name,
    command: 'select' as const,
    using: `current_setting('app.sweep', true) = '${sweep}' and rehearses is ${which}`,
  });
  return {
    ...wall,
    policies: [...wall.policies, seen('sweep', 'on', 'null'), seen('shadows', 'shadows', 'not null')],
  };
};

/** A company. `policy_version` grows with every change of its rules or directories. */
export const Tenant = defineEntity({
  name: 'Tenant',
  tableName: 'tenants',
  ...sweptWall(),
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    policyVersion: p.integer().default(1),
    /** The policy that every person was last recomputed for; behind `policy_version` while that work is under way. */
    appliedPolicyVersion: p.integer().default(1),
    /** Set while a preview is being applied: `policy_version` is then one that no write can name. */
    fencedUntil: p.datetime(3).nullable(),
    /** How many people may have access; null: any number. */
    seatLimit: p.integer().nullable(),
    /** How many do, where there is a limit; null while they are being counted. */
    seatsUsed: p.integer().nullable(),
    /** Where phone numbers without a country code are, of people whose address names no country. */
    defaultRegion: p.text().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    /** The tenant that this one is a copy of; null for a company. */
    rehearses: p.uuid().nullable(),
  },
});
