import { defineEntity, p } from '@mikro-orm/core';
import { keyColumn } from './columns.ts';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

/** A team of the product: made by hand, or projected from directory groups. */
export const Team = defineEntity({
  name: 'Team',
  tableName: 'teams',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    version: p.integer(),
    name: p.text(),
    nameKey: keyColumn(),
    description: p.text().nullable(),
    origin: p.text(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
  indexes: [{ name: 'teams_name', properties: ['tenantId', 'nameKey', 'id'] }],
});

/** A membership given by hand; those that a directory gives follow from the group. */
export const TeamMember = defineEntity({
  name: 'TeamMember',
  tableName: 'team_members',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    team: () =>
      p.manyToOne(Team).primary().joinColumns('tenant_id', 'team_id').updateRule('no action').deleteRule('cascade'),
    user: () =>
      p.manyToOne(User).primary().joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
  },
  indexes: [{ name: 'team_members_user', properties: ['tenantId', 'user', 'team'] as never }],
});

/** A membership in the team of all people of a directory; who was taken out by hand keeps the row and stays out. */
export const CentralMember = defineEntity({
  name: 'CentralMember',
  tableName: 'central_members',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    team: () =>
      p.manyToOne(Team).primary().joinColumns('tenant_id', 'team_id').updateRule('no action').deleteRule('cascade'),
    user: () =>
      p.manyToOne(User).primary().joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
    excluded: p.boolean().default(false),
  },
  indexes: [{ name: 'central_members_user', properties: ['tenantId', 'user', 'team'] as never }],
});
