import { defineEntity, p } from '@mikro-orm/core';
import { Directory } from './directory.ts';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

/** A record that a directory sent and that may mean a person who is here: for an admin to decide. */
export const AdoptionRequestRow = defineEntity({
  name: 'AdoptionRequest',
  tableName: 'adoption_requests',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    directory: () =>
      p.manyToOne(Directory).joinColumns('tenant_id', 'directory_id').updateRule('no action').deleteRule('cascade'),
    externalId: p.text(),
    userName: p.text(),
    email: p.text().nullable(),
    user: () => p.manyToOne(User).joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
    /** Why the hub did not decide by itself. */
    reason: p.text(),
    askedAt: p.datetime(3),
    decision: p.text().nullable(),
    decidedAt: p.datetime(3).nullable(),
  },
  uniques: [{ name: 'adoption_requests_unique', properties: ['tenantId', 'directory', 'externalId'] as never }],
});
