import { Migration } from '@mikro-orm/migrations';

/** How far a change of rules is, and the fence behind which a preview is applied. */
export class Migration20261120210100 extends Migration {
  override up(): void {
    this.addSql(tables);
  }
}

// A new foreign key reads the table it points to, whose wall demands a tenant; there is no row to check yet.
const tables = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
alter table "tenants" add column "fenced_until" timestamptz(3) null;
create table "rule_changes" (
  "tenant_id" uuid not null,
  "version" int not null,
  "keys" text[] null,
  "total" int not null,
  "done" int not null,
  "users_changed" int not null,
  "last_user_id" uuid null,
  "started_at" timestamptz(3) not null,
  "finished_at" timestamptz(3) null,
  primary key ("tenant_id", "version")
);
alter table "rule_changes" add constraint "rule_changes_tenant_id_foreign" foreign key ("tenant_id") references "tenants" ("id") on update no action on delete no action;
alter table "rule_changes" enable row level security;
alter table "rule_changes" force row level security;
create policy "tenant" on "rule_changes" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
grant select, insert, update on rule_changes to rollcall_app;
select set_config('app.tenant', '', true);
`;
