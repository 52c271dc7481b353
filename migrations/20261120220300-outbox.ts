import { Migration } from '@mikro-orm/migrations';

/** What must leave the hub, and the activation links that people were sent. */
export class Migration20261120220300 extends Migration {
  override up(): void {
    this.addSql(outbox);
    this.addSql(invitations);
  }
}

const outbox = `
create table "outbox" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "kind" text not null,
  "dedupe_key" text null,
  "payload" jsonb not null,
  "due_at" timestamptz(3) not null,
  "give_up_at" timestamptz(3) not null,
  "attempts" int not null default 0,
  "lease" uuid null,
  "leased_until" timestamptz(3) null,
  "sent_at" timestamptz(3) null,
  "dead_at" timestamptz(3) null,
  "last_error" text null,
  "created_at" timestamptz(3) not null,
  primary key ("tenant_id", "id")
);
create unique index "outbox_dedupe_unique" on "outbox" ("tenant_id", "dedupe_key") where dedupe_key is not null;
create index "outbox_due" on "outbox" ("due_at") where sent_at is null and dead_at is null;
create index "outbox_dead" on "outbox" ("dead_at") where dead_at is not null;
alter table "outbox" enable row level security;
alter table "outbox" force row level security;
create policy "tenant" on "outbox" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "send" on "outbox" for select using (current_setting('app.outbox', true) = 'on');
create policy "send_lease" on "outbox" for update using (current_setting('app.outbox', true) = 'on') with check (current_setting('app.outbox', true) = 'on');
grant select, insert, update, delete on outbox to rollcall_app;
`;
// A new foreign key reads the table it points to, whose wall demands a tenant; there is no row to check yet.
const invitations = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
create table "invitations" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "user_id" uuid not null,
  "purpose" text not null,
  "email" text not null,
  "created_at" timestamptz(3) not null,
  "expires_at" timestamptz(3) not null,
  "used_at" timestamptz(3) null,
  "revoked_at" timestamptz(3) null,
  primary key ("tenant_id", "id")
);
create index "invitations_user" on "invitations" ("tenant_id", "user_id", "created_at");
alter table "invitations" add constraint "invitations_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "invitations" enable row level security;
alter table "invitations" force row level security;
create policy "tenant" on "invitations" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
grant select, insert, update, delete on invitations to rollcall_app;
select set_config('app.tenant', '', true);
`;
