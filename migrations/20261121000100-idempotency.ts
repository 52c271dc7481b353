import { Migration } from '@mikro-orm/migrations';

/** Requests that were asked under a key, and their answers, for a day. */
export class Migration20261121000100 extends Migration {
  override up(): void {
    this.addSql(table);
  }
}

const table = `
create table "idempotency_keys" (
  "tenant_id" uuid not null,
  "caller" text not null,
  "key" text not null,
  "claim" uuid not null,
  "digest" bytea not null,
  "request_id" text not null,
  "claimed_at" timestamptz(3) not null,
  "leased_until" timestamptz(3) not null,
  "applied" boolean not null default false,
  "answer" text null,
  "content_type" text null,
  primary key ("tenant_id", "caller", "key")
);
create index "idempotency_keys_claimed" on "idempotency_keys" ("tenant_id", "claimed_at");
alter table "idempotency_keys" enable row level security;
alter table "idempotency_keys" force row level security;
create policy "tenant" on "idempotency_keys" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
grant select, insert, update, delete on idempotency_keys to rollcall_app;
`;
