import { Migration } from '@mikro-orm/migrations';

/** Roles, who has them, the rules that give them, and the app roles in the records of directories. */
export class Migration20261120220200 extends Migration {
  override up(): void {
    this.addSql(tables);
    this.addSql(filled);
    this.addSql(walls);
  }
}

// A new foreign key reads the table it points to, whose wall demands a tenant; there is no row to check yet.
const tables = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
alter table "users" add column "kind_by_rule" boolean not null default false;
create index "users_kind_by_rule" on "users" ("tenant_id", "id") where kind_by_rule;
alter table "directory_groups" add column "ruled" boolean not null default false;

create table "roles" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "key" text not null,
  "name" text not null,
  "description" text null,
  "created_at" timestamptz(3) not null,
  "updated_at" timestamptz(3) not null,
  primary key ("tenant_id", "id")
);
create unique index "roles_key_unique" on "roles" ("tenant_id", lower(key));

create table "role_grants" (
  "tenant_id" uuid not null,
  "user_id" uuid not null,
  "role_id" uuid not null,
  "actor" text not null,
  "at" timestamptz(3) not null,
  primary key ("tenant_id", "user_id", "role_id")
);
create index "role_grants_role" on "role_grants" ("tenant_id", "role_id", "user_id");

create table "role_rules" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "position" int not null,
  "role_id" uuid not null,
  "app_role" text collate "C" null,
  "group_id" uuid null,
  "kind" text null,
  primary key ("tenant_id", "id")
);
create index "role_rules_role" on "role_rules" ("tenant_id", "role_id");
create index "role_rules_group" on "role_rules" ("tenant_id", "group_id");

create table "app_role_holders" (
  "tenant_id" uuid not null,
  "user_id" uuid not null,
  "source_id" uuid not null,
  "value" text collate "C" not null,
  primary key ("tenant_id", "user_id", "source_id", "value")
);
create index "app_role_holders_value" on "app_role_holders" ("tenant_id", "value", "user_id");

alter table "roles" add constraint "roles_tenant_id_foreign" foreign key ("tenant_id") references "tenants" ("id") on update no action on delete no action;
alter table "role_grants" add constraint "role_grants_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "role_grants" add constraint "role_grants_tenant_id_role_id_foreign" foreign key ("tenant_id", "role_id") references "roles" ("tenant_id", "id") on update no action on delete cascade;
alter table "role_rules" add constraint "role_rules_tenant_id_role_id_foreign" foreign key ("tenant_id", "role_id") references "roles" ("tenant_id", "id") on update no action on delete no action;
alter table "role_rules" add constraint "role_rules_tenant_id_group_id_foreign" foreign key ("tenant_id", "group_id") references "directory_groups" ("tenant_id", "id") on update no action on delete cascade;
alter table "app_role_holders" add constraint "app_role_holders_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
`;

// Each tenant's rows are seen and written as that tenant; which tenants there are is told to a sweep alone.
const filled = `
select set_config('app.sweep', 'on', true);
do $$
declare one uuid;
begin
  for one in select id from tenants loop
    perform set_config('app.tenant', one::text, true);
    insert into roles (tenant_id, id, key, name, description, created_at, updated_at) values
      (one, gen_random_uuid(), 'owner', 'Owner', 'Decides over everything, other owners included.', now(), now()),
      (one, gen_random_uuid(), 'admin', 'Admin', 'Runs the hub from day to day.', now(), now()),
      (one, gen_random_uuid(), 'member', 'Member', 'Takes part.', now(), now()),
      (one, gen_random_uuid(), 'stakeholder', 'Stakeholder', 'Is kept informed.', now(), now());
    insert into app_role_holders (tenant_id, user_id, source_id, value)
    select distinct s.tenant_id, s.user_id, s.source_id, v.value
    from user_sources s
    cross join lateral (
      select e.value as roles from jsonb_each(s.resource) e where lower(e.key) = 'roles' or lower(e.key) like '%:roles'
      union all
      select e.value -> 'roles' from jsonb_each(s.resource) e
      where lower(e.key) like 'urn:%' and jsonb_typeof(e.value) = 'object'
    ) l
    cross join lateral jsonb_array_elements(
      case jsonb_typeof(l.roles) when 'array' then l.roles when 'object' then jsonb_build_array(l.roles) else '[]' end) r(role)
    cross join lateral (
      select case jsonb_typeof(r.role) when 'string' then r.role #>> '{}'
        when 'object' then case jsonb_typeof(r.role -> 'value') when 'string' then r.role ->> 'value' end end as value
    ) v
    where s.tenant_id = one and jsonb_typeof(s.resource) = 'object' and v.value <> '' and length(v.value) <= 256;
  end loop;
end $$;
select set_config('app.sweep', '', true), set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
`;

const walls = ['roles', 'role_grants', 'role_rules', 'app_role_holders']
  .map(
    (table) => `
alter table "${table}" enable row level security;
alter table "${table}" force row level security;
create policy "tenant" on "${table}" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
grant select, insert, update, delete on ${table} to rollcall_app;`,
  )
  .join('\n')
  .concat(`\nselect set_config('app.tenant', '', true);`);
