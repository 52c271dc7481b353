import { Migration } from '@mikro-orm/migrations';

/** Client secrets and access tokens beside tokens, and whose assertions a directory believes. */
export class Migration20261120190100 extends Migration {
  override up(): void {
    this.addSql(credentials);
    this.addSql(federations);
  }
}

const credentials = `
alter table "credentials" add column "kind" text not null default 'TOKEN';
alter table "credentials" add column "issued_by" uuid null;
create index "credentials_directory" on "credentials" ("tenant_id", "directory_id", "kind");
`;

// A new foreign key reads the table it points to, whose wall demands a tenant; there is no row to check yet.
const federations = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
create table "directory_federations" (
  "tenant_id" uuid not null,
  "directory_id" uuid not null,
  "entra_tenant_id" uuid not null,
  "audience" text not null,
  "subject" text not null,
  "trust_key" text not null,
  "created_by" text not null,
  "created_at" timestamptz(3) not null,
  "last_used_at" timestamptz(3) null,
  primary key ("tenant_id", "directory_id")
);
create index "directory_federations_trust" on "directory_federations" ("trust_key");
alter table "directory_federations" add constraint "directory_federations_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
alter table "directory_federations" enable row level security;
alter table "directory_federations" force row level security;
create policy "tenant" on "directory_federations" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "sign_in" on "directory_federations" for select using (trust_key = current_setting('app.trust', true));
create policy "sign_in_by_client" on "directory_federations" for select using ((directory_id)::text = current_setting('app.trust', true));
grant select, insert, update, delete on directory_federations to rollcall_app;
select set_config('app.tenant', '', true);
`;
