import { Migration } from '@mikro-orm/migrations';

/** Endpoints that events are posted to, and what became of each event there. */
export class Migration20261121000300 extends Migration {
  override up(): void {
    this.addSql(tables);
  }
}

const wall = (table: string) => `
alter table "${table}" enable row level security;
alter table "${table}" force row level security;
create policy "tenant" on "${table}" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
`;

// A new foreign key reads the table it points to, whose wall demands a tenant; there is no row to check yet.
const tables = `
select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
create table "webhooks" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "url" text not null,
  "names" text[] null,
  "description" text null,
  "state" text not null default 'ON',
  "salt" uuid not null,
  "old_salt" uuid null,
  "old_until" timestamptz(3) null,
  "cursor_xact" bigint not null,
  "cursor_seq" bigint not null,
  "last_delivery_at" timestamptz(3) null,
  "failing_since" timestamptz(3) null,
  "look_at" timestamptz(3) not null default now(),
  "lease" uuid null,
  "leased_until" timestamptz(3) null,
  "created_at" timestamptz(3) not null,
  primary key ("tenant_id", "id")
);
create index "webhooks_due" on "webhooks" ("look_at") where state = 'ON';
create table "webhook_deliveries" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "webhook_id" uuid not null,
  "xact" bigint not null,
  "seq" bigint not null,
  "subject_id" uuid not null,
  "status" text not null default 'PENDING',
  "attempts" int not null default 0,
  "next_at" timestamptz(3) not null default now(),
  "give_up_at" timestamptz(3) null,
  "response_status" int null,
  "last_error" text null,
  "delivered_at" timestamptz(3) null,
  "created_at" timestamptz(3) not null default now(),
  primary key ("tenant_id", "id")
);
create unique index "webhook_deliveries_event_unique" on "webhook_deliveries" ("tenant_id", "webhook_id", "xact", "seq");
create index "webhook_deliveries_waiting" on "webhook_deliveries" ("tenant_id", "webhook_id", "xact", "seq") where status = 'PENDING';
create index "webhook_deliveries_again" on "webhook_deliveries" ("tenant_id", "webhook_id", "next_at") where status = 'PENDING';
create index "webhook_deliveries_settled" on "webhook_deliveries" ("tenant_id", "webhook_id", "created_at") where status <> 'PENDING';
alter table "webhook_deliveries" add constraint "webhook_deliveries_tenant_id_webhook_id_foreign" foreign key ("tenant_id", "webhook_id") references "webhooks" ("tenant_id", "id") on update no action on delete cascade;
${['webhooks', 'webhook_deliveries'].map(wall).join('')}
create policy "send" on "webhooks" for select using (current_setting('app.outbox', true) = 'on');
create policy "send_lease" on "webhooks" for update using (current_setting('app.outbox', true) = 'on') with check (current_setting('app.outbox', true) = 'on');
grant select, insert, update, delete on webhooks, webhook_deliveries to rollcall_app;
select set_config('app.tenant', '', true);
`;
