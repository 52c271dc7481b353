import { Migration } from '@mikro-orm/migrations';

/** What an admin decided about a directory, beside the preset it started from. */
export class Migration20261120220100 extends Migration {
  override up(): void {
    this.addSql(`alter table "directories" add column "policy" jsonb not null default '{}';`);
  }
}
