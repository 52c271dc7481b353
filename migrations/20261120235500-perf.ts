import { Migration } from '@mikro-orm/migrations';

/** Whose time is up is looked for every second, and found without reading who waits for something else. */
export class Migration20261120235500 extends Migration {
  override up(): void {
    this.addSql(
      `create index "users_waiting_for_group" on "users" ("tenant_id", "status_at", "id") where status = 'STAGED' and waits_for = 'GROUP';`,
    );
    this.addSql(
      `create index "user_sources_disabled" on "user_sources" ("tenant_id", "directory_id", "user_id") where not active and ended_at is null;`,
    );
  }
}
