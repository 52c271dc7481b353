import { defineEntity, p } from '@mikro-orm/core';
import { Directory } from './directory.ts';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

/** Whom a directory means by an externalId, as an admin said: its record becomes a link to that person, and makes none. */
export const ExpectedLink = defineEntity({
  name: 'ExpectedLink',
  tableName: 'expected_links',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    directory: () =>
      p
        .manyToOne(Directory)
        .primary()
        .joinColumns('tenant_id', 'directory_id')
        .updateRule('no action')
        .deleteRule('cascade'),
    externalId: p.text().primary(),
    user: () => p.manyToOne(User).joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
    createdBy: p.text(),
    createdAt: p.datetime(3),
  },
  uniques: [{ name: 'expected_links_user_unique', properties: ['tenantId', 'directory', 'user'] as never }],
});
