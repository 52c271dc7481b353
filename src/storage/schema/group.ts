import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../domain/json.ts';
import { keyColumn } from './columns.ts';
import { Directory } from './directory.ts';
import { Team } from './team.ts';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

/** A group exactly as its directory holds it. */
export const DirectoryGroup = defineEntity({
  name: 'DirectoryGroup',
  tableName: 'directory_groups',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    directory: () =>
      p.manyToOne(Directory).joinColumns('tenant_id', 'directory_id').updateRule('no action').deleteRule('no action'),
    externalId: p.text().nullable(),
    displayName: p.text(),
    displayNameKey: keyColumn(),
    resource: p.json<JsonObject>(),
    /** The team that policy makes of it. */
    team: () =>
      p.manyToOne(Team).nullable().joinColumns('tenant_id', 'team_id').updateRule('no action').deleteRule('no action'),
    /** A rule of roles names it. */
    ruled: p.boolean().default(false),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    /** Set where an admin chose the team. */
    linked: p.boolean().default(false),
    /** Set where other groups are of the same team: changes of members then wait for each other. */
    shared: p.boolean().default(false),
  },
  uniques: [
    { name: 'directory_groups_display_name_unique', properties: ['tenantId', 'directory', 'displayNameKey'] as never },
    { name: 'directory_groups_external_id_unique', properties: ['tenantId', 'directory', 'externalId'] as never },
  ],
  indexes: [
    { name: 'directory_groups_records', properties: ['tenantId', 'directory', 'id'] as never },
    { name: 'directory_groups_team', properties: ['tenantId', 'team'] as never },
  ],
});

/** One membership, a row of its own: parallel changes of a group never meet. */
export const GroupMember = defineEntity({
  name: 'GroupMember',
  tableName: 'group_members',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    group: () =>
      p
        .manyToOne(DirectoryGroup)
        .primary()
        .joinColumns('tenant_id', 'group_id')
        .updateRule('no action')
        .deleteRule('cascade'),
    user: () =>
      p.manyToOne(User).primary().joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
  },
  indexes: [{ name: 'group_members_user', properties: ['tenantId', 'user', 'group'] as never }],
});
