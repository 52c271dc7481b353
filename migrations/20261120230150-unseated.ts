import { Migration } from '@mikro-orm/migrations';

/** Members who should have a seat and have none are few, and are looked for every second. */
export class Migration20261120230150 extends Migration {
  override up(): void {
    this.addSql(
      `create index "users_unseated" on "users" ("tenant_id", "id") where kind = 'MEMBER' and status in ('ACTIVE', 'INVITED') and not seated;`,
    );
  }
}
