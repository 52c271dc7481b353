import { defineEntity, p } from '@mikro-orm/core';
import type { Json, JsonObject } from '../../domain/json.ts';
import { type UserFieldKey, userFieldKeys, userFields } from '../../fields/user.fields.ts';
import { keyColumn } from './columns.ts';
import { tenantWall } from './wall.ts';

const textColumn = () => p.text().nullable();
const jsonColumn = () => p.json<Json>().nullable();

/** True for a field that is stored as JSON: addresses and lists. */
export const isJsonField = (key: UserFieldKey): boolean =>
  userFields[key].multiValued || userFields[key].type === 'ADDRESS';

/** One column per field holds the value that counts. */
const fieldColumns = Object.fromEntries(
  userFieldKeys.map((key) => [key, isJsonField(key) ? jsonColumn() : textColumn()]),
) as { [K in UserFieldKey]: ReturnType<typeof textColumn> };

/** A person. Keys are made by `keyOf`; they are what is searched, sorted and unique. */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    version: p.integer(),
    kind: p.text(),
    /** A rule made them that, and takes it back when it no longer holds. */
    kindByRule: p.boolean().default(false),
    status: p.text(),
    statusAt: p.datetime(3),
    visible: p.boolean(),
    /** Whether the person takes a seat; a trigger counts them in `tenants`. */
    seated: p.boolean().default(false),
    /** What a staged person waits for. */
    waitsFor: p.text().nullable(),
    /** When the person first became active. */
    activatedAt: p.datetime(3).nullable(),
    /** By what the person signs in. */
    loginId: p.text().nullable(),
    userName: p.text(),
    userNameKey: keyColumn(),
    displayNameKey: keyColumn(),
    emailKey: keyColumn().nullable(),
    ...fieldColumns,
    /** Values of the tenant's own fields, by key; null for none. */
    custom: p.json<JsonObject>().nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
  indexes: [
    {
      name: 'users_user_name_unique',
      expression: `create unique index "users_user_name_unique" on "users" ("tenant_id", "user_name_key") where status <> 'DELETED'`,
    },
    { name: 'users_display_name', properties: ['tenantId', 'displayNameKey', 'id'] },
    { name: 'users_email', properties: ['tenantId', 'emailKey'] },
    {
      name: 'users_waiting',
      expression: `create index "users_waiting" on "users" ("tenant_id", "status", "status_at", "id") where status in ('STAGED', 'PARKED', 'DEACTIVATED', 'DELETED')`,
    },
    {
      name: 'users_waiting_for_group',
      expression: `create index "users_waiting_for_group" on "users" ("tenant_id", "status_at", "id") where status = 'STAGED' and waits_for = 'GROUP'`,
    },
    {
      name: 'users_unseated',
      expression: `create index "users_unseated" on "users" ("tenant_id", "id") where kind = 'MEMBER' and status in ('ACTIVE', 'INVITED') and not seated`,
    },
    { name: 'users_seated', expression: `create index "users_seated" on "users" ("tenant_id") where seated` },
    {
      name: 'users_kind_by_rule',
      expression: `create index "users_kind_by_rule" on "users" ("tenant_id", "id") where kind_by_rule`,
    },
    { name: 'users_updated', properties: ['tenantId', 'updatedAt', 'id'] },
  ],
  triggers: [
    {
      name: 'users_phone_changed',
      timing: 'after',
      events: ['update'],
      expression:
        'create trigger "users_phone_changed" after update on "users" for each row execute function "users_phone_changed_fn"()',
    },
  ],
});
