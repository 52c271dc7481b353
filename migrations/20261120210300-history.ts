import { Migration } from '@mikro-orm/migrations';

/** What an event needs to be gone back behind: why it happened, and what a directory's record held before. */
export class Migration20261120210300 extends Migration {
  override up(): void {
    this.addSql(columns);
    this.addSql(index);
  }
}

const columns = `
alter table "events" add column "cause" text null, add column "record" jsonb null;
`;

const index = `
create index "events_named" on "events" ("tenant_id", "subject_id", "xact", "seq") where subject_kind in ('team', 'grp') and object_id is null;
`;
