import { Migration } from '@mikro-orm/migrations';

/** Rehearsals of directories, and the tenants they are answered from. */
export class Migration20261120220600 extends Migration {
  override up(): void {
    this.addSql(tables);
    this.addSql(sweeps);
    this.addSql(removal);
  }
}

// A new foreign key reads the table it points to, whose wall demands a tenant; there is no row to check yet.
const tables = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
alter table "tenants" add column "rehearses" uuid null;
alter table "scim_requests" add column "rehearsed_in" uuid null;
create table "rehearsals" (
  "tenant_id" uuid not null,
  "directory_id" uuid not null,
  "shadow_id" uuid not null,
  "phase" text not null,
  "state_before" text not null,
  "started_by" text not null,
  "started_at" timestamptz(3) not null,
  "opened_xact" bigint null,
  primary key ("tenant_id", "directory_id")
);
alter table "rehearsals" add constraint "rehearsals_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
alter table "rehearsals" enable row level security;
alter table "rehearsals" force row level security;
create policy "tenant" on "rehearsals" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "shadows" on "rehearsals" for select using (current_setting('app.sweep', true) = 'shadows');
grant select, insert, update, delete on rehearsals to rollcall_app;
select set_config('app.tenant', '', true);
`;

// Work that concerns every tenant sees no shadow, whoever writes it and whenever.
const sweeps = `
drop policy "sweep" on "tenants";
create policy "sweep" on "tenants" for select using (current_setting('app.sweep', true) = 'on' and rehearses is null);
create policy "shadows" on "tenants" for select using (current_setting('app.sweep', true) = 'shadows' and rehearses is not null);
`;

// The app role may remove neither events nor tenants. A shadow's it may, by a function that looks whether it is one. Nor may
// it gather statistics, which many new rows need at once.
const removal = `
create function remove_shadow_rows(target regclass, most int) returns int
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  shadow constant uuid := current_setting('app.tenant')::uuid;
  owner_column constant text := case when target = 'public.tenants'::regclass then 'id' else 'tenant_id' end;
  removed int;
begin
  if not exists (select from tenants where id = shadow and rehearses is not null) then
    raise exception 'Only the rows of a shadow may be removed this way.';
  end if;
  execute format('delete from %1$s where %2$I = $1 and ctid = any(array(select ctid from %1$s where %2$I = $1 limit $2))',
    target, owner_column) using shadow, most;
  get diagnostics removed = row_count;
  return removed;
end
$body$;
create function analyze_table(target regclass) returns void
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  execute format('analyze %s', target);
end
$body$;
revoke all on function analyze_table(regclass) from public;
grant execute on function analyze_table(regclass) to rollcall_app;
revoke all on function remove_shadow_rows(regclass, int) from public;
grant execute on function remove_shadow_rows(regclass, int) to rollcall_app;
`;
