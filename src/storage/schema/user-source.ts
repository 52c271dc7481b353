import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../domain/json.ts';
import type { Cell, Write } from '../../domain/ownership.ts';
import { keyColumn } from './columns.ts';
import { Directory } from './directory.ts';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

/**
 * What one source asserts about one person. For a directory it is the link as well: the person's names there and the
 * record as it was sent. `ended_at`: the directory deleted the person.
 */
export const UserSource = defineEntity({
  name: 'UserSource',
  tableName: 'user_sources',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    user: () =>
      p.manyToOne(User).primary().joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade'),
    /** The directory, or one fixed id each for LOCAL and DEVICE. */
    sourceId: p.uuid().primary(),
    kind: p.text(),
    directory: () =>
      p
        .manyToOne(Directory)
        .nullable()
        .joinColumns('tenant_id', 'directory_id')
        .updateRule('no action')
        .deleteRule('no action'),
    asserted: p.json<Record<string, Cell>>(),
    writes: p.json<Record<string, Write>>(),
    externalId: p.text().nullable(),
    userName: p.text().nullable(),
    userNameKey: keyColumn().nullable(),
    emailKey: keyColumn().nullable(),
    /** The record holds addresses besides the one in `email_key`. */
    hasMoreEmails: p.boolean().nullable(),
    active: p.boolean().nullable(),
    resource: p.json<JsonObject>().nullable(),
    linkedAt: p.datetime(3),
    endedAt: p.datetime(3).nullable(),
    /** The directory let go of the person, who stays with what it had said. */
    kept: p.boolean().default(false),
    /** Since when the person has been in none of the directory's groups; null while in one, or where nobody asks. */
    grouplessSince: p.datetime(3).nullable(),
  },
  indexes: [
    {
      name: 'user_sources_external_id_unique',
      expression: `create unique index "user_sources_external_id_unique" on "user_sources" ("tenant_id", "directory_id", "external_id") where ended_at is null`,
    },
    {
      name: 'user_sources_user_name_unique',
      expression: `create unique index "user_sources_user_name_unique" on "user_sources" ("tenant_id", "directory_id", "user_name_key") where ended_at is null`,
    },
    {
      name: 'user_sources_email',
      expression: `create index "user_sources_email" on "user_sources" ("tenant_id", "directory_id", "email_key") where ended_at is null`,
    },
    {
      name: 'user_sources_more_emails',
      expression: `create index "user_sources_more_emails" on "user_sources" ("tenant_id", "directory_id", "user_id") where has_more_emails and ended_at is null`,
    },
    {
      name: 'user_sources_groupless',
      expression: `create index "user_sources_groupless" on "user_sources" ("tenant_id", "directory_id", "groupless_since") where groupless_since is not null and ended_at is null`,
    },
    {
      name: 'user_sources_disabled',
      expression: `create index "user_sources_disabled" on "user_sources" ("tenant_id", "directory_id", "user_id") where not active and ended_at is null`,
    },
    {
      name: 'user_sources_left',
      expression: `create index "user_sources_left" on "user_sources" ("tenant_id", "directory_id", "external_id") where kept`,
    },
    {
      name: 'user_sources_records',
      expression: `create index "user_sources_records" on "user_sources" ("tenant_id", "directory_id", "user_id") where ended_at is null`,
    },
  ],
});
