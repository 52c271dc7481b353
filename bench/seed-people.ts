import type pg from 'pg';
import { uuidOf } from '../src/domain/ids.ts';
import { personBody } from './person.ts';
import { scim } from './scim-client.ts';

/** Stands for the number in every value of the pattern; keys are lower case, and so is this. */
const MARK = 'nnnnnn';

/**
 * Copies of one row, one for each of the people: the row as JSON with the mark and the id of the pattern replaced.
 * The order of an event is made by the database and so left out.
 */
const copies = (table: string, own: string, columns = '*') => `
insert into ${table} ${columns === '*' ? '' : `(${columns})`}
select ${columns === '*' ? 'r.*' : columns.replace(/\w+/g, 'r.$&')}
from (select to_jsonb(t)::text as row from ${table} t where t.tenant_id = $1 and t.${own} = $2) pattern
cross join seeded s
cross join lateral jsonb_populate_record(
  null::${table}, replace(replace(pattern.row, $2::text, s.id::text), '${MARK}', lpad(s.number::text, 6, '0'))::jsonb) r
order by s.number`;

const eventColumns = 'tenant_id, at, name, actor, request_id, subject_kind, subject_id, object_id, changes';

/**
 * Makes that many people: one through SCIM, the others as copies of the rows which the hub wrote for that one, in
 * whatever shape it writes them. Returns their stored ids by number.
 */
export async function seedPeople(client: pg.Client, target: SeedTarget, count: number): Promise<string[]> {
  const { id } = await scim<{ id: string }>(target.url, target.token, '/Users', personBody(MARK));
  const values = [target.tenantId, uuidOf('usr', id)];
  await client.query('create temp table seeded (number int, id uuid)');
  await client.query('insert into seeded select number, uuidv7() from generate_series(0, $1::int - 1) number', [count]);
  await client.query(copies('users', 'id'), values);
  await client.query(copies('user_sources', 'user_id'), values);
  await client.query(copies('events', 'subject_id', eventColumns), values);
  await client.query('delete from events where tenant_id = $1 and subject_id = $2', values);
  await client.query('delete from users where tenant_id = $1 and id = $2', values);
  await client.query('delete from user_sources where tenant_id = $1 and user_id = $2', values);
  const { rows } = await client.query<{ id: string }>('select id from seeded order by number');
  return rows.map((row) => row.id);
}

/** The hub that is seeded through. */
export type SeedTarget = { url: string; token: string; tenantId: string };
