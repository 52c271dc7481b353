import { Migration } from '@mikro-orm/migrations';

/** Who is in a directory's central team, and which groups an admin has linked to a team. */
export class Migration20261120230200 extends Migration {
  override up(): void {
    this.addSql(flags);
    this.addSql(members);
  }
}

// A directory that is there already counts as one that has sent groups: no central team comes up by itself.
const flags = `
alter table "directories" add column "groups_sent" boolean not null default true;
alter table "directories" alter column "groups_sent" set default false;
alter table "directory_groups" add column "linked" boolean not null default false;
alter table "directory_groups" add column "shared" boolean not null default false;
`;

// A new foreign key reads the tables it points to, whose wall demands a tenant; there is no row to check yet.
const members = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
create table "central_members" (
  "tenant_id" uuid not null,
  "team_id" uuid not null,
  "user_id" uuid not null,
  "excluded" boolean not null default false,
  primary key ("tenant_id", "team_id", "user_id")
);
create index "central_members_user" on "central_members" ("tenant_id", "user_id", "team_id");
alter table "central_members" add constraint "central_members_tenant_id_team_id_foreign" foreign key ("tenant_id", "team_id") references "teams" ("tenant_id", "id") on update no action on delete cascade;
alter table "central_members" add constraint "central_members_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "central_members" enable row level security;
alter table "central_members" force row level security;
create policy "tenant" on "central_members" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
grant select, insert, update, delete on central_members to rollcall_app;
select set_config('app.tenant', '', true);
`;
