import { defineEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

/** An activation link that was made for a person; its token is derived from the row and stored nowhere. */
export const InvitationRow = defineEntity({
  name: 'InvitationRow',
  tableName: 'invitations',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    user: () => p.manyToOne(User).joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
    purpose: p.text(),
    /** The address that it went to, in the form in which it is mailed. */
    email: p.text(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
  },
  indexes: [{ name: 'invitations_user', properties: ['tenantId', 'user', 'createdAt'] as never }],
});
