import { Migration } from '@mikro-orm/migrations';

/** Fields that a tenant adds, their values, and the index of these. */
export class Migration20261120210400 extends Migration {
  override up(): void {
    this.addSql(tables);
  }
}

// A new foreign key reads the table it points to, whose wall demands a tenant; there is no row to check yet.
const tables = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
alter table "users" add column "custom" jsonb null;

create table "custom_fields" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "key" text not null,
  "label" text not null,
  "type" text not null,
  "scim_path" text null,
  "sensitive" boolean not null,
  "version" int not null,
  "pending" boolean not null,
  "updated_at" timestamptz(3) not null,
  "retired_at" timestamptz(3) null,
  primary key ("tenant_id", "id")
);
alter table "custom_fields" add constraint "custom_fields_key_unique" unique ("tenant_id", "key");

create table "custom_values" (
  "tenant_id" uuid not null,
  "user_id" uuid not null,
  "field_id" uuid not null,
  "key" text collate "C" not null,
  primary key ("tenant_id", "user_id", "field_id")
);
create index "custom_values_key" on "custom_values" ("tenant_id", "field_id", "key", "user_id");

alter table "custom_fields" add constraint "custom_fields_tenant_id_foreign" foreign key ("tenant_id") references "tenants" ("id") on update no action on delete no action;
alter table "custom_values" add constraint "custom_values_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "custom_values" add constraint "custom_values_tenant_id_field_id_foreign" foreign key ("tenant_id", "field_id") references "custom_fields" ("tenant_id", "id") on update no action on delete cascade;

alter table "custom_fields" enable row level security;
alter table "custom_fields" force row level security;
create policy "tenant" on "custom_fields" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "custom_values" enable row level security;
alter table "custom_values" force row level security;
create policy "tenant" on "custom_values" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
grant select, insert, update, delete on custom_fields, custom_values to rollcall_app;
select set_config('app.tenant', '', true);
`;
