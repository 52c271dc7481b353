import { Migration } from '@mikro-orm/migrations';

/** How far a directory is disconnected, and whom a directory will mean by an externalId. */
export class Migration20261120210200 extends Migration {
  override up(): void {
    this.addSql(directories);
    this.addSql(links);
  }
}

const directories = `
alter table "directories" add column "disconnect_plan" text null;
alter table "directories" add column "disconnected_up_to" uuid null;
`;

// A new foreign key reads the tables it points to, whose wall demands a tenant; there is no row to check yet.
const links = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
create table "expected_links" (
  "tenant_id" uuid not null,
  "directory_id" uuid not null,
  "external_id" text not null,
  "user_id" uuid not null,
  "created_by" text not null,
  "created_at" timestamptz(3) not null,
  primary key ("tenant_id", "directory_id", "external_id")
);
alter table "expected_links" add constraint "expected_links_user_unique" unique ("tenant_id", "directory_id", "user_id");
alter table "expected_links" add constraint "expected_links_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
alter table "expected_links" add constraint "expected_links_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "expected_links" enable row level security;
alter table "expected_links" force row level security;
create policy "tenant" on "expected_links" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
grant select, insert, update, delete on expected_links to rollcall_app;
select set_config('app.tenant', '', true);
`;
