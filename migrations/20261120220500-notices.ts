import { Migration } from '@mikro-orm/migrations';

/** What is watched of each directory, the notices that come of it, and why runs had failures. */
export class Migration20261120220500 extends Migration {
  override up(): void {
    this.addSql(runs);
    this.addSql(tables);
    this.addSql(walls);
    this.addSql(watched);
  }
}

// Runs that there are count as told: a summary of theirs would come after the fact.
const runs = `
alter table "sync_runs" add column "reasons" jsonb not null default '[]';
alter table "sync_runs" add column "completed_at" timestamptz(3) null default now();
alter table "sync_runs" alter column "completed_at" drop default;
`;

const tables = `
create table "directory_health" (
  "tenant_id" uuid not null,
  "directory_id" uuid not null,
  "look_at" timestamptz(3) not null default now(),
  "tested_at" timestamptz(3) null,
  "refused_at" timestamptz(3) null,
  "refused_for" text null,
  primary key ("tenant_id", "directory_id")
);
create index "directory_health_due" on "directory_health" ("look_at");

create table "notices" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "directory_id" uuid null,
  "kind" text not null,
  "dedupe_key" text not null,
  "facts" jsonb not null,
  "opened_at" timestamptz(3) not null,
  "closed_at" timestamptz(3) null,
  primary key ("tenant_id", "id")
);
create unique index "notices_open_unique" on "notices" ("tenant_id", "kind", "dedupe_key") where closed_at is null;
create index "notices_directory" on "notices" ("tenant_id", "directory_id", "id");

create table "notice_recipients" (
  "tenant_id" uuid not null,
  "emails" text[] not null,
  "language" text not null,
  "webhook_url" text null,
  "webhook_salt" uuid null,
  primary key ("tenant_id")
);
`;

const wall = (table: string) => `
alter table "${table}" enable row level security;
alter table "${table}" force row level security;
create policy "tenant" on "${table}" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
`;

const walls = `${['directory_health', 'notices', 'notice_recipients'].map(wall).join('')}
create policy "sweep" on "directory_health" for select using (current_setting('app.sweep', true) = 'on');
grant select, insert, update on directory_health, notices, notice_recipients to rollcall_app;
`;

// The wall shows the directories of one tenant at a time.
const watched = `
do $$
declare tenant uuid;
begin
  perform set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
  perform set_config('app.sweep', 'on', true);
  for tenant in select id from tenants loop
    perform set_config('app.tenant', tenant::text, true);
    insert into directory_health (tenant_id, directory_id) select tenant_id, id from directories where tenant_id = tenant;
  end loop;
  perform set_config('app.sweep', '', true);
  perform set_config('app.tenant', '', true);
end $$;
`;
