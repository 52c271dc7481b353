import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../domain/json.ts';
import { keyColumn } from './columns.ts';
import { Directory } from './directory.ts';
import { Team } from './team.ts';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

const directory = () =>
  p.manyToOne(Directory).joinColumns('tenant_id', 'directory_id').updateRule('no action').deleteRule('cascade');

/** What a directory's brake has counted, and why it tripped. */
export const Brake = defineEntity({
  name: 'Brake',
  tableName: 'brakes',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    directory: () => directory().primary(),
    losses: p.integer().default(0),
    creates: p.integer().default(0),
    /** How many people of the directory were active at `basedAt`. */
    base: p.integer().nullable(),
    basedAt: p.datetime(3).nullable(),
    trippedAt: p.datetime(3).nullable(),
    reason: p.text().nullable(),
    /** How many the brake lets pass. */
    most: p.integer().nullable(),
    /** What is being carried out. */
    decision: p.text().nullable(),
  },
});

/** A person that counts within the hour; `transactions` are those of the events. */
export const BrakePerson = defineEntity({
  name: 'BrakePerson',
  tableName: 'brake_people',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    directory: () => directory().primary(),
    kind: p.text().primary(),
    userId: p.uuid().primary(),
    countedAt: p.datetime(3),
    transactions: p.array<string>().columnType('bigint[]'),
    held: p.text().nullable(),
  },
  indexes: [{ name: 'brake_people_counted', properties: ['tenantId', 'directory', 'countedAt'] as never }],
});

/** A group that its directory deleted, until an admin decides. */
export const HeldGroup = defineEntity({
  name: 'HeldGroup',
  tableName: 'held_groups',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    directory,
    externalId: p.text().nullable(),
    displayName: p.text(),
    displayNameKey: keyColumn(),
    resource: p.json<JsonObject>(),
    teamId: p.uuid().nullable(),
    createdAt: p.datetime(3),
  },
  indexes: [{ name: 'held_groups_directory', properties: ['tenantId', 'directory', 'id'] as never }],
});

/** A membership that its directory ended and that counts for the team until an admin decides. */
export const HeldMembership = defineEntity({
  name: 'HeldMembership',
  tableName: 'held_memberships',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    groupId: p.uuid().primary(),
    user: () =>
      p.manyToOne(User).primary().joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
    directory,
    team: () =>
      p.manyToOne(Team).nullable().joinColumns('tenant_id', 'team_id').updateRule('no action').deleteRule('cascade'),
  },
  indexes: [
    { name: 'held_memberships_user', properties: ['tenantId', 'user'] as never },
    { name: 'held_memberships_team', properties: ['tenantId', 'team'] as never },
    { name: 'held_memberships_directory', properties: ['tenantId', 'directory', 'groupId', 'user'] as never },
  ],
});
