import { Migration } from '@mikro-orm/migrations';

/** Who takes a seat, who waits and for what, and what directories asked an admin about. */
export class Migration20261120230100 extends Migration {
  override up(): void {
    this.addSql(columns);
    this.addSql(seated);
    this.addSql(counter);
    this.addSql(erasure);
    this.addSql(requests);
  }
}

const columns = `
alter table "tenants" add column "seat_limit" int null;
alter table "tenants" add column "seats_used" int null;
alter table "users" add column "seated" boolean not null default false;
alter table "users" add column "waits_for" text null;
alter table "users" add column "activated_at" timestamptz(3) null;
alter table "users" add column "login_id" text null;
create index "users_waiting" on "users" ("tenant_id", "status", "status_at", "id") where status in ('STAGED', 'PARKED', 'DEACTIVATED', 'DELETED');
create index "users_seated" on "users" ("tenant_id") where seated;
alter table "user_sources" add column "kept" boolean not null default false;
alter table "user_sources" add column "groupless_since" timestamptz(3) null;
create index "user_sources_groupless" on "user_sources" ("tenant_id", "directory_id", "groupless_since") where groupless_since is not null and ended_at is null;
create index "user_sources_left" on "user_sources" ("tenant_id", "directory_id", "external_id") where kept;
`;

// The wall would hide every tenant's people from its own owner.
const seated = `
alter table "users" no force row level security;
update "users" set seated = kind = 'MEMBER' and status in ('INVITED', 'ACTIVE', 'DEACTIVATED'),
  activated_at = case when status in ('ACTIVE', 'DEACTIVATED') then created_at end;
alter table "users" force row level security;
`;

// In the database, so that no way of writing people can forget it. Without a limit nothing is counted and no row is locked.
const counter = `
create function count_seats() returns trigger language plpgsql as $$
begin
  update tenants set seats_used = seats_used
    + case when tg_op <> 'DELETE' and new.seated then 1 else 0 end
    - case when tg_op <> 'INSERT' and old.seated then 1 else 0 end
  where id = coalesce(new.tenant_id, old.tenant_id) and seat_limit is not null;
  return null;
end $$;
create trigger users_seat_taken after insert on users for each row when (new.seated) execute function count_seats();
create trigger users_seat_changed after update on users for each row when (old.seated <> new.seated) execute function count_seats();
create trigger users_seat_freed after delete on users for each row when (old.seated) execute function count_seats();
`;

// The log can only be added to; forgetting a person is the one thing that its owner does for others.
const erasure = `
create function erase_events(person uuid) returns bigint language sql security definer set search_path = public as $$
  with erased as (
    update events set changes = '[]', record = null
    where tenant_id = current_setting('app.tenant')::uuid and (subject_id = person or object_id = person)
    returning 1)
  select count(*) from erased
$$;
revoke all on function erase_events(uuid) from public;
grant execute on function erase_events(uuid) to rollcall_app;
`;

// A new foreign key reads the tables it points to, whose wall demands a tenant; there is no row to check yet.
const requests = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
create table "adoption_requests" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "directory_id" uuid not null,
  "external_id" text not null,
  "user_name" text not null,
  "email" text null,
  "user_id" uuid not null,
  "reason" text not null,
  "asked_at" timestamptz(3) not null,
  "decision" text null,
  "decided_at" timestamptz(3) null,
  primary key ("tenant_id", "id")
);
alter table "adoption_requests" add constraint "adoption_requests_unique" unique ("tenant_id", "directory_id", "external_id");
alter table "adoption_requests" add constraint "adoption_requests_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
alter table "adoption_requests" add constraint "adoption_requests_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "adoption_requests" enable row level security;
alter table "adoption_requests" force row level security;
create policy "tenant" on "adoption_requests" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
grant select, insert, update, delete on adoption_requests to rollcall_app;
select set_config('app.tenant', '', true);
`;
