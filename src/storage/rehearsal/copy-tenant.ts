import type { Database, Session, Statement } from '../database.ts';
import { copiedTables } from './tables.ts';

const ROWS = 1_000;

/** A copy takes as long as it takes; in between, the moment that it is of is kept by a transaction that writes nothing. */
const atOneMoment = 'set transaction isolation level repeatable read, read only';
const withPatience = `select set_config('idle_in_transaction_session_timeout', '60000', true)`;

const insertShadow: Statement = {
  name: 'insert-shadow',
  text: `
insert into tenants (id, name, policy_version, applied_policy_version, rehearses)
values ($1, $2, $3, $3, $4)`,
};

/** Last, so that seats are not counted one by one: they are counted when the first is asked for. */
const decide: Statement = {
  name: 'decide-rehearsed',
  text: 'update tenants set seat_limit = $2, default_region = $3 where id = $1',
};

/** In the copy the directory writes; it is a name of the list and never of a caller. */
const activate: Statement = {
  name: 'activate-rehearsed',
  text: `update directories set state = 'ACTIVE' where tenant_id = $1 and id = $2`,
};

/** Of a tenant that it has not heard of the planner expects a single row, and reads it by any index that has a tenant. */
const analyze: Statement = { name: 'analyze-copied', text: 'select analyze_table($1::regclass) is null as done' };

const plain = (table: string): string => `select t.* from ${table} t where t.tenant_id = $1`;

/** What the versions of groups are made of, so that they are the same in the copy (group-version.ts). */
const groupEvents = `
select e.* from (
  select id from directory_groups where tenant_id = $1
  union select team_id from directory_groups where tenant_id = $1 and team_id is not null) s
cross join lateral (
  select * from events e where e.tenant_id = $1 and e.subject_id = s.id order by e.xact desc, e.seq desc limit 12) e`;

type CopiedTenant = {
  name: string;
  policy_version: number;
  seat_limit: number | null;
  default_region: string | null;
};

/**
 * Copies the rows of a tenant, as they are at one moment, into a new tenant. No statement sees two tenants: rows are read
 * under the wall of the one and written under that of the other, a thousand at a time.
 */
export const copyTenant = (database: Database, tenantId: string, directoryId: string, shadowId: string) =>
  database.transaction(tenantId, async (source) => {
    await source.ask({ text: atOneMoment, values: [] });
    await source.ask({ text: withPatience, values: [] });
    const [tenant] = await source.ask<CopiedTenant>({
      text: 'select name, policy_version, seat_limit, default_region from tenants where id = $1',
      values: [tenantId],
    });
    const { name, policy_version, seat_limit, default_region } = tenant!;
    await database.session(shadowId, (session) =>
      session.run(insertShadow, [shadowId, name, policy_version, tenantId]),
    );
    for (const table of copiedTables) await copyRows(database, source, shadowId, table, plain(table), tenantId);
    await copyRows(database, source, shadowId, 'events', groupEvents, tenantId);
    await database.session(shadowId, async (session) => {
      await session.run(decide, [shadowId, seat_limit, default_region]);
      await session.run(activate, [shadowId, directoryId]);
    });
  });

/** Reads the next rows while the ones before are written. */
async function copyRows(
  database: Database,
  source: Session,
  shadowId: string,
  table: string,
  query: string,
  tenantId: string,
): Promise<void> {
  const rows = `select (to_jsonb(r) || jsonb_build_object('tenant_id', '${shadowId}'::uuid))::text as row from (${query}) r`;
  await source.ask({
    text: `declare copied no scroll cursor for ${rows.replaceAll('$1', `'${tenantId}'::uuid`)}`,
    values: [],
  });
  const next = async () =>
    (await source.ask<{ row: string }>({ text: `fetch ${ROWS} from copied`, values: [] })).map(({ row }) => row);
  let batch = await next();
  while (batch.length > 0) {
    const [following] = await Promise.all([next(), write(database, shadowId, table, batch)]);
    batch = following;
  }
  await source.ask({ text: 'close copied', values: [] });
  await database.session(shadowId, (session) => session.run(analyze, [table]));
}

const write = (database: Database, shadowId: string, table: string, rows: readonly string[]) =>
  database.session(shadowId, (session) =>
    session.ask({
      text: `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      values: [`[${rows.join()}]`],
    }),
  );
