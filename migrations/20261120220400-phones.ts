import { Migration } from '@mikro-orm/migrations';

/** Verified phone numbers, the codes that verify them, and the region of numbers without a country code. */
export class Migration20261120220400 extends Migration {
  override up(): void {
    this.addSql(tables);
    this.addSql(noteChange);
  }
}

// A new foreign key reads the table it points to, whose wall demands a tenant; there is no row to check yet.
const tables = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
alter table "tenants" add column "default_region" text null;
create table "phone_verifications" (
  "tenant_id" uuid not null,
  "user_id" uuid not null,
  "field" text not null,
  "e164" text not null,
  "texts" text[] not null,
  "verified_at" timestamptz(3) not null,
  "changed_at" timestamptz(3) null,
  primary key ("tenant_id", "user_id", "field")
);
create index "phone_verifications_changed" on "phone_verifications" ("tenant_id", "changed_at") where changed_at is not null;
create table "phone_codes" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "user_id" uuid not null,
  "field" text not null,
  "e164" text not null,
  "requested_at" timestamptz(3) not null,
  "digest" bytea null,
  "tries" int not null,
  "expires_at" timestamptz(3) null,
  "ended_at" timestamptz(3) null,
  primary key ("tenant_id", "id")
);
create index "phone_codes_number" on "phone_codes" ("tenant_id", "e164", "requested_at");
create index "phone_codes_user" on "phone_codes" ("tenant_id", "user_id", "requested_at");

alter table "phone_verifications" add constraint "phone_verifications_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "phone_codes" add constraint "phone_codes_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "phone_verifications" enable row level security;
alter table "phone_verifications" force row level security;
create policy "tenant" on "phone_verifications" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "sweep" on "phone_verifications" for select using (current_setting('app.sweep', true) = 'on');
alter table "phone_codes" enable row level security;
alter table "phone_codes" force row level security;
create policy "tenant" on "phone_codes" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
grant select, insert, update, delete on phone_verifications, phone_codes to rollcall_app;
select set_config('app.tenant', '', true);
`;

// People are written by many statements, some of them for thousands at once; none of them may forget this.
const noteChange = `
create function "users_phone_changed_fn"() returns trigger language plpgsql as $$
begin
  update phone_verifications v
  set changed_at = now(), texts = (select array_agg(distinct t) from unnest(v.texts || c.before || c.after) t)
  from (values
    ('phone', coalesce(old.phone, ''), coalesce(new.phone, '')),
    ('workPhone', coalesce(old.work_phone, ''), coalesce(new.work_phone, ''))
  ) as c(field, before, after)
  where v.tenant_id = new.tenant_id and v.user_id = new.id and v.field = c.field and c.before <> c.after;
  return null;
end $$;
create trigger "users_phone_changed" after update on "users" for each row
  when (old.phone is distinct from new.phone or old.work_phone is distinct from new.work_phone)
  execute function "users_phone_changed_fn"();
`;
