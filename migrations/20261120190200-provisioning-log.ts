import { Migration } from '@mikro-orm/migrations';

/** Requests of directories, redacted, and the runs they make. */
export class Migration20261120190200 extends Migration {
  override up(): void {
    this.addSql(tables);
    this.addSql(grants);
  }
}

const tables = `
create table "scim_requests" (
  "tenant_id" uuid not null,
  "directory_id" uuid not null,
  "id" uuid not null,
  "at" timestamptz(3) not null,
  "request_id" text not null,
  "method" text not null,
  "path" text not null,
  "status" int not null,
  "duration_ms" double precision not null,
  "subject_kind" text null,
  "subject_id" uuid null,
  "request_body" text null,
  "response_body" text null,
  "scim_type" text null,
  "transactions" bigint[] not null,
  primary key ("tenant_id", "directory_id", "id")
);
create index "scim_requests_failed" on "scim_requests" ("tenant_id", "directory_id", "id") where status >= 400;
create index "scim_requests_subject" on "scim_requests" ("tenant_id", "subject_id", "id") where subject_id is not null;

create table "sync_runs" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "directory_id" uuid not null,
  "kind" text not null,
  "started_at" timestamptz(3) not null,
  "last_at" timestamptz(3) not null,
  "requests" int not null,
  "created" int not null,
  "updated" int not null,
  "adopted" int not null,
  "deactivated" int not null,
  "deleted" int not null,
  "skipped" int not null,
  "failed" int not null,
  primary key ("tenant_id", "id")
);
create index "sync_runs_directory" on "sync_runs" ("tenant_id", "directory_id", "id");

alter table "scim_requests" enable row level security;
alter table "scim_requests" force row level security;
create policy "tenant" on "scim_requests" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "sync_runs" enable row level security;
alter table "sync_runs" force row level security;
create policy "tenant" on "sync_runs" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "sweep" on "tenants" for select using (current_setting('app.sweep', true) = 'on');
`;

// What is kept of a request is never changed, only forgotten; runs are never forgotten.
const grants = `
grant select, insert, delete on scim_requests to rollcall_app;
grant select, insert, update on sync_runs to rollcall_app;
`;
