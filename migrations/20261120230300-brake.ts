import { Migration } from '@mikro-orm/migrations';

/** The brake of each directory: what it has counted within the hour, and what it holds until an admin decides. */
export class Migration20261120230300 extends Migration {
  override up(): void {
    this.addSql(tables);
  }
}

const wall = (table: string) => `
alter table "${table}" enable row level security;
alter table "${table}" force row level security;
create policy "tenant" on "${table}" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
`;

// A new foreign key reads the tables it points to, whose wall demands a tenant; there is no row to check yet.
// A person is counted before they are made, so those counted refer to nobody.
const tables = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
create table "brakes" (
  "tenant_id" uuid not null,
  "directory_id" uuid not null,
  "losses" int not null default 0,
  "creates" int not null default 0,
  "base" int null,
  "based_at" timestamptz(3) null,
  "tripped_at" timestamptz(3) null,
  "reason" text null,
  "most" int null,
  "decision" text null,
  primary key ("tenant_id", "directory_id")
);
alter table "brakes" add constraint "brakes_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
create table "brake_people" (
  "tenant_id" uuid not null,
  "directory_id" uuid not null,
  "kind" text not null,
  "user_id" uuid not null,
  "counted_at" timestamptz(3) not null,
  "transactions" bigint[] not null,
  "held" text null,
  primary key ("tenant_id", "directory_id", "kind", "user_id")
);
create index "brake_people_counted" on "brake_people" ("tenant_id", "directory_id", "counted_at");
alter table "brake_people" add constraint "brake_people_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
create table "held_groups" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "directory_id" uuid not null,
  "external_id" text null,
  "display_name" text not null,
  "display_name_key" text collate "C" not null,
  "resource" jsonb not null,
  "team_id" uuid null,
  "created_at" timestamptz(3) not null,
  primary key ("tenant_id", "id")
);
create index "held_groups_directory" on "held_groups" ("tenant_id", "directory_id", "id");
alter table "held_groups" add constraint "held_groups_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
create table "held_memberships" (
  "tenant_id" uuid not null,
  "group_id" uuid not null,
  "user_id" uuid not null,
  "directory_id" uuid not null,
  "team_id" uuid null,
  primary key ("tenant_id", "group_id", "user_id")
);
create index "held_memberships_user" on "held_memberships" ("tenant_id", "user_id");
create index "held_memberships_team" on "held_memberships" ("tenant_id", "team_id");
create index "held_memberships_directory" on "held_memberships" ("tenant_id", "directory_id", "group_id", "user_id");
alter table "held_memberships" add constraint "held_memberships_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "held_memberships" add constraint "held_memberships_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
alter table "held_memberships" add constraint "held_memberships_tenant_id_team_id_foreign" foreign key ("tenant_id", "team_id") references "teams" ("tenant_id", "id") on update no action on delete cascade;
${['brakes', 'brake_people', 'held_groups', 'held_memberships'].map(wall).join('')}
grant select, insert, update, delete on brakes, brake_people, held_groups, held_memberships to rollcall_app;
select set_config('app.tenant', '', true);
`;
