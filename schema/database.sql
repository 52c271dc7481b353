-- Written by npm run schema from src/storage/schema; do not edit. Sequences, roles and grants are in migrations/.

create table "directory_health" ("tenant_id" uuid not null, "directory_id" uuid not null, "look_at" timestamptz(3) not null default now(), "tested_at" timestamptz(3) null, "refused_at" timestamptz(3) null, "refused_for" text null, primary key ("tenant_id", "directory_id"));
create index "directory_health_due" on "directory_health" ("look_at");

create table "events" ("tenant_id" uuid not null, "xact" bigint not null default ((pg_current_xact_id())::text)::bigint, "seq" bigserial not null, "at" timestamptz(3) not null, "name" text not null, "actor" text not null, "request_id" text null, "subject_kind" text not null, "subject_id" uuid not null, "object_id" uuid null, "changes" jsonb not null, "cause" text null, "record" jsonb null, primary key ("tenant_id", "xact", "seq"));
create index "events_subject" on "events" ("tenant_id", "subject_id", "xact", "seq");
create index "events_object" on "events" ("tenant_id", "object_id", "xact", "seq") where object_id is not null;
create index "events_named" on "events" ("tenant_id", "subject_id", "xact", "seq") where subject_kind in ('team', 'grp') and object_id is null;

create table "idempotency_keys" ("tenant_id" uuid not null, "caller" text not null, "key" text not null, "claim" uuid not null, "digest" bytea not null, "request_id" text not null, "claimed_at" timestamptz(3) not null, "leased_until" timestamptz(3) not null, "applied" boolean not null default false, "answer" text null, "content_type" text null, primary key ("tenant_id", "caller", "key"));
create index "idempotency_keys_claimed" on "idempotency_keys" ("tenant_id", "claimed_at");

create table "notices" ("tenant_id" uuid not null, "id" uuid not null, "directory_id" uuid null, "kind" text not null, "dedupe_key" text not null, "facts" jsonb not null, "opened_at" timestamptz(3) not null, "closed_at" timestamptz(3) null, primary key ("tenant_id", "id"));
create unique index "notices_open_unique" on "notices" ("tenant_id", "kind", "dedupe_key") where closed_at is null;
create index "notices_directory" on "notices" ("tenant_id", "directory_id", "id");

create table "notice_recipients" ("tenant_id" uuid not null, "emails" text[] not null, "language" text not null, "webhook_url" text null, "webhook_salt" uuid null, primary key ("tenant_id"));

create table "outbox" ("tenant_id" uuid not null, "id" uuid not null, "kind" text not null, "dedupe_key" text null, "payload" jsonb not null, "due_at" timestamptz(3) not null, "give_up_at" timestamptz(3) not null, "attempts" int not null default 0, "lease" uuid null, "leased_until" timestamptz(3) null, "sent_at" timestamptz(3) null, "dead_at" timestamptz(3) null, "last_error" text null, "created_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
create unique index "outbox_dedupe_unique" on "outbox" ("tenant_id", "dedupe_key") where dedupe_key is not null;
create index "outbox_due" on "outbox" ("due_at") where sent_at is null and dead_at is null;
create index "outbox_dead" on "outbox" ("dead_at") where dead_at is not null;

create table "scim_requests" ("tenant_id" uuid not null, "directory_id" uuid not null, "id" uuid not null, "at" timestamptz(3) not null, "request_id" text not null, "method" text not null, "path" text not null, "status" int not null, "duration_ms" double precision not null, "subject_kind" text null, "subject_id" uuid null, "request_body" text null, "response_body" text null, "scim_type" text null, "transactions" bigint[] not null, "rehearsed_in" uuid null, primary key ("tenant_id", "directory_id", "id"));
create index "scim_requests_failed" on "scim_requests" ("tenant_id", "directory_id", "id") where status >= 400;
create index "scim_requests_subject" on "scim_requests" ("tenant_id", "subject_id", "id") where subject_id is not null;

create table "sync_runs" ("tenant_id" uuid not null, "id" uuid not null, "directory_id" uuid not null, "kind" text not null, "started_at" timestamptz(3) not null, "last_at" timestamptz(3) not null, "requests" int not null, "created" int not null, "updated" int not null, "adopted" int not null, "deactivated" int not null, "deleted" int not null, "skipped" int not null, "failed" int not null, "reasons" jsonb not null default '[]', "completed_at" timestamptz(3) null, primary key ("tenant_id", "id"));
create index "sync_runs_directory" on "sync_runs" ("tenant_id", "directory_id", "id");

create table "teams" ("tenant_id" uuid not null, "id" uuid not null, "version" int not null, "name" text not null, "name_key" text collate "C" not null, "description" text null, "origin" text not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
create index "teams_name" on "teams" ("tenant_id", "name_key", "id");

create table "tenants" ("id" uuid not null, "name" text not null, "policy_version" int not null default 1, "applied_policy_version" int not null default 1, "fenced_until" timestamptz(3) null, "seat_limit" int null, "seats_used" int null, "default_region" text null, "created_at" timestamptz(3) not null default now(), "rehearses" uuid null, primary key ("id"));

create table "rule_changes" ("tenant_id" uuid not null, "version" int not null, "keys" text[] null, "total" int not null, "done" int not null, "users_changed" int not null, "last_user_id" uuid null, "started_at" timestamptz(3) not null, "finished_at" timestamptz(3) null, primary key ("tenant_id", "version"));

create table "roles" ("tenant_id" uuid not null, "id" uuid not null, "key" text not null, "name" text not null, "description" text null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
create unique index "roles_key_unique" on "roles" ("tenant_id", lower(key));

create table "field_rules" ("tenant_id" uuid not null, "field" text not null, "source_of_truth" text not null, "editable_by" text[] not null, "directories" uuid[] not null, "version" int not null, "updated_at" timestamptz(3) not null, primary key ("tenant_id", "field"));

create table "directories" ("tenant_id" uuid not null, "id" uuid not null, "name" text not null, "preset" text not null, "state" text not null, "policy" jsonb not null default '{}', "created_at" timestamptz(3) not null, "disconnect_plan" text null, "disconnected_up_to" uuid null, "groups_sent" boolean not null default false, primary key ("tenant_id", "id"));

create table "rehearsals" ("tenant_id" uuid not null, "directory_id" uuid not null, "shadow_id" uuid not null, "phase" text not null, "state_before" text not null, "started_by" text not null, "started_at" timestamptz(3) not null, "opened_xact" bigint null, primary key ("tenant_id", "directory_id"));

create table "held_groups" ("tenant_id" uuid not null, "id" uuid not null, "directory_id" uuid not null, "external_id" text null, "display_name" text not null, "display_name_key" text collate "C" not null, "resource" jsonb not null, "team_id" uuid null, "created_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
create index "held_groups_directory" on "held_groups" ("tenant_id", "directory_id", "id");

create table "directory_groups" ("tenant_id" uuid not null, "id" uuid not null, "directory_id" uuid not null, "external_id" text null, "display_name" text not null, "display_name_key" text collate "C" not null, "resource" jsonb not null, "team_id" uuid null, "ruled" boolean not null default false, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "linked" boolean not null default false, "shared" boolean not null default false, primary key ("tenant_id", "id"));
create index "directory_groups_records" on "directory_groups" ("tenant_id", "directory_id", "id");
create index "directory_groups_team" on "directory_groups" ("tenant_id", "team_id");
alter table "directory_groups" add constraint "directory_groups_display_name_unique" unique ("tenant_id", "directory_id", "display_name_key");
alter table "directory_groups" add constraint "directory_groups_external_id_unique" unique ("tenant_id", "directory_id", "external_id");

create table "role_rules" ("tenant_id" uuid not null, "id" uuid not null, "position" int not null, "role_id" uuid not null, "app_role" text collate "C" null, "group_id" uuid null, "kind" text null, primary key ("tenant_id", "id"));
create index "role_rules_role" on "role_rules" ("tenant_id", "role_id");
create index "role_rules_group" on "role_rules" ("tenant_id", "group_id");

create table "directory_federations" ("tenant_id" uuid not null, "directory_id" uuid not null, "entra_tenant_id" uuid not null, "audience" text not null, "subject" text not null, "trust_key" text not null, "created_by" text not null, "created_at" timestamptz(3) not null, "last_used_at" timestamptz(3) null, primary key ("tenant_id", "directory_id"));
create index "directory_federations_trust" on "directory_federations" ("trust_key");

create table "brake_people" ("tenant_id" uuid not null, "directory_id" uuid not null, "kind" text not null, "user_id" uuid not null, "counted_at" timestamptz(3) not null, "transactions" bigint[] not null, "held" text null, primary key ("tenant_id", "directory_id", "kind", "user_id"));
create index "brake_people_counted" on "brake_people" ("tenant_id", "directory_id", "counted_at");

create table "brakes" ("tenant_id" uuid not null, "directory_id" uuid not null, "losses" int not null default 0, "creates" int not null default 0, "base" int null, "based_at" timestamptz(3) null, "tripped_at" timestamptz(3) null, "reason" text null, "most" int null, "decision" text null, primary key ("tenant_id", "directory_id"));

create table "custom_fields" ("tenant_id" uuid not null, "id" uuid not null, "key" text not null, "label" text not null, "type" text not null, "scim_path" text null, "sensitive" boolean not null, "version" int not null, "pending" boolean not null, "updated_at" timestamptz(3) not null, "retired_at" timestamptz(3) null, primary key ("tenant_id", "id"));
alter table "custom_fields" add constraint "custom_fields_key_unique" unique ("tenant_id", "key");

create table "credentials" ("tenant_id" uuid not null, "id" uuid not null, "key_id" text not null, "kind" text not null default 'TOKEN', "digest" bytea not null, "name" text not null, "scopes" text[] not null, "directory_id" uuid null, "created_by" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) null, "last_used_at" timestamptz(3) null, "revoked_at" timestamptz(3) null, "issued_by" uuid null, primary key ("tenant_id", "id"));
alter table "credentials" add constraint "credentials_key_id_unique" unique ("key_id");
create index "credentials_directory" on "credentials" ("tenant_id", "directory_id", "kind");

create table "users" ("tenant_id" uuid not null, "id" uuid not null, "version" int not null, "kind" text not null, "kind_by_rule" boolean not null default false, "status" text not null, "status_at" timestamptz(3) not null, "visible" boolean not null, "seated" boolean not null default false, "waits_for" text null, "activated_at" timestamptz(3) null, "login_id" text null, "user_name" text not null, "user_name_key" text collate "C" not null, "display_name_key" text collate "C" not null, "email_key" text collate "C" null, "display_name" text null, "given_name" text null, "family_name" text null, "middle_name" text null, "formatted_name" text null, "honorific_prefix" text null, "honorific_suffix" text null, "nick_name" text null, "title" text null, "user_type" text null, "profile_url" text null, "preferred_language" text null, "locale" text null, "timezone" text null, "email" text null, "home_email" text null, "other_email" text null, "more_emails" jsonb null, "phone" text null, "work_phone" text null, "fax" text null, "more_phone_numbers" jsonb null, "address" jsonb null, "more_addresses" jsonb null, "employee_number" text null, "cost_center" text null, "organization" text null, "division" text null, "department" text null, "manager" text null, "custom" jsonb null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
create unique index "users_user_name_unique" on "users" ("tenant_id", "user_name_key") where status <> 'DELETED';
create index "users_display_name" on "users" ("tenant_id", "display_name_key", "id");
create index "users_email" on "users" ("tenant_id", "email_key");
create index "users_waiting" on "users" ("tenant_id", "status", "status_at", "id") where status in ('STAGED', 'PARKED', 'DEACTIVATED', 'DELETED');
create index "users_waiting_for_group" on "users" ("tenant_id", "status_at", "id") where status = 'STAGED' and waits_for = 'GROUP';
create index "users_unseated" on "users" ("tenant_id", "id") where kind = 'MEMBER' and status in ('ACTIVE', 'INVITED') and not seated;
create index "users_seated" on "users" ("tenant_id") where seated;
create index "users_kind_by_rule" on "users" ("tenant_id", "id") where kind_by_rule;
create index "users_updated" on "users" ("tenant_id", "updated_at", "id");
create trigger "users_phone_changed" after update on "users" for each row execute function "users_phone_changed_fn"();

create table "team_members" ("tenant_id" uuid not null, "team_id" uuid not null, "user_id" uuid not null, primary key ("tenant_id", "team_id", "user_id"));
create index "team_members_user" on "team_members" ("tenant_id", "user_id", "team_id");

create table "role_grants" ("tenant_id" uuid not null, "user_id" uuid not null, "role_id" uuid not null, "actor" text not null, "at" timestamptz(3) not null, primary key ("tenant_id", "user_id", "role_id"));
create index "role_grants_role" on "role_grants" ("tenant_id", "role_id", "user_id");

create table "phone_verifications" ("tenant_id" uuid not null, "user_id" uuid not null, "field" text not null, "e164" text not null, "texts" text[] not null, "verified_at" timestamptz(3) not null, "changed_at" timestamptz(3) null, primary key ("tenant_id", "user_id", "field"));
create index "phone_verifications_changed" on "phone_verifications" ("tenant_id", "changed_at") where changed_at is not null;

create table "phone_codes" ("tenant_id" uuid not null, "id" uuid not null, "user_id" uuid not null, "field" text not null, "e164" text not null, "requested_at" timestamptz(3) not null, "digest" bytea null, "tries" int not null, "expires_at" timestamptz(3) null, "ended_at" timestamptz(3) null, primary key ("tenant_id", "id"));
create index "phone_codes_number" on "phone_codes" ("tenant_id", "e164", "requested_at");
create index "phone_codes_user" on "phone_codes" ("tenant_id", "user_id", "requested_at");

create table "invitations" ("tenant_id" uuid not null, "id" uuid not null, "user_id" uuid not null, "purpose" text not null, "email" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "used_at" timestamptz(3) null, "revoked_at" timestamptz(3) null, primary key ("tenant_id", "id"));
create index "invitations_user" on "invitations" ("tenant_id", "user_id", "created_at");

create table "held_memberships" ("tenant_id" uuid not null, "group_id" uuid not null, "user_id" uuid not null, "directory_id" uuid not null, "team_id" uuid null, primary key ("tenant_id", "group_id", "user_id"));
create index "held_memberships_user" on "held_memberships" ("tenant_id", "user_id");
create index "held_memberships_team" on "held_memberships" ("tenant_id", "team_id");
create index "held_memberships_directory" on "held_memberships" ("tenant_id", "directory_id", "group_id", "user_id");

create table "group_members" ("tenant_id" uuid not null, "group_id" uuid not null, "user_id" uuid not null, primary key ("tenant_id", "group_id", "user_id"));
create index "group_members_user" on "group_members" ("tenant_id", "user_id", "group_id");

create table "expected_links" ("tenant_id" uuid not null, "directory_id" uuid not null, "external_id" text not null, "user_id" uuid not null, "created_by" text not null, "created_at" timestamptz(3) not null, primary key ("tenant_id", "directory_id", "external_id"));
alter table "expected_links" add constraint "expected_links_user_unique" unique ("tenant_id", "directory_id", "user_id");

create table "custom_values" ("tenant_id" uuid not null, "user_id" uuid not null, "field_id" uuid not null, "key" text collate "C" not null, primary key ("tenant_id", "user_id", "field_id"));
create index "custom_values_key" on "custom_values" ("tenant_id", "field_id", "key", "user_id");

create table "central_members" ("tenant_id" uuid not null, "team_id" uuid not null, "user_id" uuid not null, "excluded" boolean not null default false, primary key ("tenant_id", "team_id", "user_id"));
create index "central_members_user" on "central_members" ("tenant_id", "user_id", "team_id");

create table "app_role_holders" ("tenant_id" uuid not null, "user_id" uuid not null, "source_id" uuid not null, "value" text collate "C" not null, primary key ("tenant_id", "user_id", "source_id", "value"));
create index "app_role_holders_value" on "app_role_holders" ("tenant_id", "value", "user_id");

create table "adoption_requests" ("tenant_id" uuid not null, "id" uuid not null, "directory_id" uuid not null, "external_id" text not null, "user_name" text not null, "email" text null, "user_id" uuid not null, "reason" text not null, "asked_at" timestamptz(3) not null, "decision" text null, "decided_at" timestamptz(3) null, primary key ("tenant_id", "id"));
alter table "adoption_requests" add constraint "adoption_requests_unique" unique ("tenant_id", "directory_id", "external_id");

create table "user_sources" ("tenant_id" uuid not null, "user_id" uuid not null, "source_id" uuid not null, "kind" text not null, "directory_id" uuid null, "asserted" jsonb not null, "writes" jsonb not null, "external_id" text null, "user_name" text null, "user_name_key" text collate "C" null, "email_key" text collate "C" null, "has_more_emails" boolean null, "active" boolean null, "resource" jsonb null, "linked_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, "kept" boolean not null default false, "groupless_since" timestamptz(3) null, primary key ("tenant_id", "user_id", "source_id"));
create unique index "user_sources_external_id_unique" on "user_sources" ("tenant_id", "directory_id", "external_id") where ended_at is null;
create unique index "user_sources_user_name_unique" on "user_sources" ("tenant_id", "directory_id", "user_name_key") where ended_at is null;
create index "user_sources_email" on "user_sources" ("tenant_id", "directory_id", "email_key") where ended_at is null;
create index "user_sources_more_emails" on "user_sources" ("tenant_id", "directory_id", "user_id") where has_more_emails and ended_at is null;
create index "user_sources_groupless" on "user_sources" ("tenant_id", "directory_id", "groupless_since") where groupless_since is not null and ended_at is null;
create index "user_sources_disabled" on "user_sources" ("tenant_id", "directory_id", "user_id") where not active and ended_at is null;
create index "user_sources_left" on "user_sources" ("tenant_id", "directory_id", "external_id") where kept;
create index "user_sources_records" on "user_sources" ("tenant_id", "directory_id", "user_id") where ended_at is null;

create table "webhooks" ("tenant_id" uuid not null, "id" uuid not null, "url" text not null, "names" text[] null, "description" text null, "state" text not null default 'ON', "salt" uuid not null, "old_salt" uuid null, "old_until" timestamptz(3) null, "cursor_xact" bigint not null, "cursor_seq" bigint not null, "last_delivery_at" timestamptz(3) null, "failing_since" timestamptz(3) null, "look_at" timestamptz(3) not null default now(), "lease" uuid null, "leased_until" timestamptz(3) null, "created_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
create index "webhooks_due" on "webhooks" ("look_at") where state = 'ON';

create table "webhook_deliveries" ("tenant_id" uuid not null, "id" uuid not null, "webhook_id" uuid not null, "xact" bigint not null, "seq" bigint not null, "subject_id" uuid not null, "status" text not null default 'PENDING', "attempts" int not null default 0, "next_at" timestamptz(3) not null default now(), "give_up_at" timestamptz(3) null, "response_status" int null, "last_error" text null, "delivered_at" timestamptz(3) null, "created_at" timestamptz(3) not null default now(), primary key ("tenant_id", "id"));
create unique index "webhook_deliveries_event_unique" on "webhook_deliveries" ("tenant_id", "webhook_id", "xact", "seq");
create index "webhook_deliveries_waiting" on "webhook_deliveries" ("tenant_id", "webhook_id", "xact", "seq") where status = 'PENDING';
create index "webhook_deliveries_again" on "webhook_deliveries" ("tenant_id", "webhook_id", "next_at") where status = 'PENDING';
create index "webhook_deliveries_settled" on "webhook_deliveries" ("tenant_id", "webhook_id", "created_at") where status <> 'PENDING';

alter table "rule_changes" add constraint "rule_changes_tenant_id_foreign" foreign key ("tenant_id") references "tenants" ("id") on update no action on delete no action;

alter table "roles" add constraint "roles_tenant_id_foreign" foreign key ("tenant_id") references "tenants" ("id") on update no action on delete no action;

alter table "field_rules" add constraint "field_rules_tenant_id_foreign" foreign key ("tenant_id") references "tenants" ("id") on update no action on delete no action;

alter table "directories" add constraint "directories_tenant_id_foreign" foreign key ("tenant_id") references "tenants" ("id") on update no action on delete no action;

alter table "rehearsals" add constraint "rehearsals_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;

alter table "held_groups" add constraint "held_groups_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;

alter table "directory_groups" add constraint "directory_groups_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete no action;
alter table "directory_groups" add constraint "directory_groups_tenant_id_team_id_foreign" foreign key ("tenant_id", "team_id") references "teams" ("tenant_id", "id") on update no action on delete no action;

alter table "role_rules" add constraint "role_rules_tenant_id_role_id_foreign" foreign key ("tenant_id", "role_id") references "roles" ("tenant_id", "id") on update no action on delete no action;
alter table "role_rules" add constraint "role_rules_tenant_id_group_id_foreign" foreign key ("tenant_id", "group_id") references "directory_groups" ("tenant_id", "id") on update no action on delete cascade;

alter table "directory_federations" add constraint "directory_federations_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;

alter table "brake_people" add constraint "brake_people_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;

alter table "brakes" add constraint "brakes_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;

alter table "custom_fields" add constraint "custom_fields_tenant_id_foreign" foreign key ("tenant_id") references "tenants" ("id") on update no action on delete no action;

alter table "credentials" add constraint "credentials_tenant_id_foreign" foreign key ("tenant_id") references "tenants" ("id") on update no action on delete no action;
alter table "credentials" add constraint "credentials_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;

alter table "team_members" add constraint "team_members_tenant_id_team_id_foreign" foreign key ("tenant_id", "team_id") references "teams" ("tenant_id", "id") on update no action on delete cascade;
alter table "team_members" add constraint "team_members_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "role_grants" add constraint "role_grants_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "role_grants" add constraint "role_grants_tenant_id_role_id_foreign" foreign key ("tenant_id", "role_id") references "roles" ("tenant_id", "id") on update no action on delete cascade;

alter table "phone_verifications" add constraint "phone_verifications_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "phone_codes" add constraint "phone_codes_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "invitations" add constraint "invitations_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "held_memberships" add constraint "held_memberships_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "held_memberships" add constraint "held_memberships_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
alter table "held_memberships" add constraint "held_memberships_tenant_id_team_id_foreign" foreign key ("tenant_id", "team_id") references "teams" ("tenant_id", "id") on update no action on delete cascade;

alter table "group_members" add constraint "group_members_tenant_id_group_id_foreign" foreign key ("tenant_id", "group_id") references "directory_groups" ("tenant_id", "id") on update no action on delete cascade;
alter table "group_members" add constraint "group_members_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "expected_links" add constraint "expected_links_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
alter table "expected_links" add constraint "expected_links_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "custom_values" add constraint "custom_values_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "custom_values" add constraint "custom_values_tenant_id_field_id_foreign" foreign key ("tenant_id", "field_id") references "custom_fields" ("tenant_id", "id") on update no action on delete cascade;

alter table "central_members" add constraint "central_members_tenant_id_team_id_foreign" foreign key ("tenant_id", "team_id") references "teams" ("tenant_id", "id") on update no action on delete cascade;
alter table "central_members" add constraint "central_members_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "app_role_holders" add constraint "app_role_holders_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "adoption_requests" add constraint "adoption_requests_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete cascade;
alter table "adoption_requests" add constraint "adoption_requests_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;

alter table "user_sources" add constraint "user_sources_tenant_id_user_id_foreign" foreign key ("tenant_id", "user_id") references "users" ("tenant_id", "id") on update no action on delete cascade;
alter table "user_sources" add constraint "user_sources_tenant_id_directory_id_foreign" foreign key ("tenant_id", "directory_id") references "directories" ("tenant_id", "id") on update no action on delete no action;

alter table "webhook_deliveries" add constraint "webhook_deliveries_tenant_id_webhook_id_foreign" foreign key ("tenant_id", "webhook_id") references "webhooks" ("tenant_id", "id") on update no action on delete cascade;

alter table "directory_health" enable row level security;
alter table "directory_health" force row level security;
create policy "tenant" on "directory_health" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "sweep" on "directory_health" for select using (current_setting('app.sweep', true) = 'on');
alter table "events" enable row level security;
alter table "events" force row level security;
create policy "tenant" on "events" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "idempotency_keys" enable row level security;
alter table "idempotency_keys" force row level security;
create policy "tenant" on "idempotency_keys" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "notices" enable row level security;
alter table "notices" force row level security;
create policy "tenant" on "notices" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "notice_recipients" enable row level security;
alter table "notice_recipients" force row level security;
create policy "tenant" on "notice_recipients" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "outbox" enable row level security;
alter table "outbox" force row level security;
create policy "tenant" on "outbox" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "send" on "outbox" for select using (current_setting('app.outbox', true) = 'on');
create policy "send_lease" on "outbox" for update using (current_setting('app.outbox', true) = 'on') with check (current_setting('app.outbox', true) = 'on');
alter table "scim_requests" enable row level security;
alter table "scim_requests" force row level security;
create policy "tenant" on "scim_requests" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "sync_runs" enable row level security;
alter table "sync_runs" force row level security;
create policy "tenant" on "sync_runs" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "teams" enable row level security;
alter table "teams" force row level security;
create policy "tenant" on "teams" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "tenants" enable row level security;
alter table "tenants" force row level security;
create policy "tenant" on "tenants" using (id = current_setting('app.tenant')::uuid) with check (id = current_setting('app.tenant')::uuid);
create policy "sweep" on "tenants" for select using (current_setting('app.sweep', true) = 'on' and rehearses is null);
create policy "shadows" on "tenants" for select using (current_setting('app.sweep', true) = 'shadows' and rehearses is not null);
alter table "rule_changes" enable row level security;
alter table "rule_changes" force row level security;
create policy "tenant" on "rule_changes" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "roles" enable row level security;
alter table "roles" force row level security;
create policy "tenant" on "roles" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "field_rules" enable row level security;
alter table "field_rules" force row level security;
create policy "tenant" on "field_rules" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "directories" enable row level security;
alter table "directories" force row level security;
create policy "tenant" on "directories" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "rehearsals" enable row level security;
alter table "rehearsals" force row level security;
create policy "tenant" on "rehearsals" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "shadows" on "rehearsals" for select using (current_setting('app.sweep', true) = 'shadows');
alter table "held_groups" enable row level security;
alter table "held_groups" force row level security;
create policy "tenant" on "held_groups" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "directory_groups" enable row level security;
alter table "directory_groups" force row level security;
create policy "tenant" on "directory_groups" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "role_rules" enable row level security;
alter table "role_rules" force row level security;
create policy "tenant" on "role_rules" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "directory_federations" enable row level security;
alter table "directory_federations" force row level security;
create policy "tenant" on "directory_federations" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "sign_in" on "directory_federations" for select using (trust_key = current_setting('app.trust', true));
create policy "sign_in_by_client" on "directory_federations" for select using ((directory_id)::text = current_setting('app.trust', true));
alter table "brake_people" enable row level security;
alter table "brake_people" force row level security;
create policy "tenant" on "brake_people" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "brakes" enable row level security;
alter table "brakes" force row level security;
create policy "tenant" on "brakes" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "custom_fields" enable row level security;
alter table "custom_fields" force row level security;
create policy "tenant" on "custom_fields" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "credentials" enable row level security;
alter table "credentials" force row level security;
create policy "tenant" on "credentials" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "sign_in" on "credentials" for select using (key_id = current_setting('app.key_id', true));
alter table "users" enable row level security;
alter table "users" force row level security;
create policy "tenant" on "users" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "team_members" enable row level security;
alter table "team_members" force row level security;
create policy "tenant" on "team_members" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "role_grants" enable row level security;
alter table "role_grants" force row level security;
create policy "tenant" on "role_grants" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "phone_verifications" enable row level security;
alter table "phone_verifications" force row level security;
create policy "tenant" on "phone_verifications" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "sweep" on "phone_verifications" for select using (current_setting('app.sweep', true) = 'on');
alter table "phone_codes" enable row level security;
alter table "phone_codes" force row level security;
create policy "tenant" on "phone_codes" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "invitations" enable row level security;
alter table "invitations" force row level security;
create policy "tenant" on "invitations" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "held_memberships" enable row level security;
alter table "held_memberships" force row level security;
create policy "tenant" on "held_memberships" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "group_members" enable row level security;
alter table "group_members" force row level security;
create policy "tenant" on "group_members" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "expected_links" enable row level security;
alter table "expected_links" force row level security;
create policy "tenant" on "expected_links" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "custom_values" enable row level security;
alter table "custom_values" force row level security;
create policy "tenant" on "custom_values" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "central_members" enable row level security;
alter table "central_members" force row level security;
create policy "tenant" on "central_members" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "app_role_holders" enable row level security;
alter table "app_role_holders" force row level security;
create policy "tenant" on "app_role_holders" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "adoption_requests" enable row level security;
alter table "adoption_requests" force row level security;
create policy "tenant" on "adoption_requests" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "user_sources" enable row level security;
alter table "user_sources" force row level security;
create policy "tenant" on "user_sources" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
alter table "webhooks" enable row level security;
alter table "webhooks" force row level security;
create policy "tenant" on "webhooks" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
create policy "send" on "webhooks" for select using (current_setting('app.outbox', true) = 'on');
create policy "send_lease" on "webhooks" for update using (current_setting('app.outbox', true) = 'on') with check (current_setting('app.outbox', true) = 'on');
alter table "webhook_deliveries" enable row level security;
alter table "webhook_deliveries" force row level security;
create policy "tenant" on "webhook_deliveries" using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid);
