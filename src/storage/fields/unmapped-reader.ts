import type { Unmapped, UnmappedAttribute, UnmappedReader } from '../../domain/fields/unmapped-reader.ts';
import type { CustomFieldType } from '../../fields/custom-field.ts';
import type { Database, Statement } from '../database.ts';

/** How many records of a directory are looked into: what is sent at all is sent of many. */
const MOST_RECORDS = 5_000;
const MOST_ATTRIBUTES = 100;
const SAMPLES = 3;

/** Attributes of the records `r`: those of the core, and those in each namespace. */
const attributes = `
  select r.directory_id, e.key as path, e.value from records r cross join lateral jsonb_each(r.resource) e
  where lower(left(e.key, 4)) <> 'urn:'
  union all
  select r.directory_id, e.key || ':' || i.key, i.value from records r cross join lateral jsonb_each(r.resource) e
  cross join lateral jsonb_each(case jsonb_typeof(e.value) when 'object' then e.value else '{}'::jsonb end) i
  where lower(left(e.key, 4)) = 'urn:'`;

const text = `(f.value #>> '{}')`;
const isScalar = `jsonb_typeof(f.value) in ('string', 'number', 'boolean')`;

/** What a value could be; the first of these that all values could be is the guess. */
const guesses: Partial<Record<CustomFieldType, string>> = {
  BOOLEAN: `lower(${text}) in ('true', 'false')`,
  INTEGER: `${text} ~ '^-?[0-9]{1,15}$'`,
  DATETIME: `${text} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}'`,
  EMAIL: `${text} ~ '^[^@[:space:]]+@[^@[:space:]]+$'`,
  URL: `lower(${text}) ~ '^https?://'`,
};
const guess = Object.entries(guesses)
  .map(([type, test]) => `when bool_and(${test}) then '${type}'`)
  .join(' ');

/** $1 tenant, $2 directories, $3 paths that are taken, $4 whether samples are asked for. */
const listUnmapped: Statement = {
  name: 'list-unmapped',
  text: `
with records as (
  select d.id as directory_id, s.resource from unnest($2::uuid[]) d(id) cross join lateral (
    select s.resource from user_sources s
    where s.tenant_id = $1 and s.directory_id = d.id and s.ended_at is null order by s.user_id desc limit ${MOST_RECORDS}
  ) s
), found as (
  select a.*, row_number() over (partition by a.directory_id, a.path) as n from (${attributes}) a
  where lower(a.path) <> all($3::text[]) and a.value <> 'null'::jsonb
), counted as (
  select f.directory_id, f.path, count(*)::int as people,
    case when not bool_and(${isScalar}) then null ${guess} else 'STRING' end as type,
    case when $4::boolean then jsonb_agg(left(${text}, 200)) filter (where f.n <= ${SAMPLES}) end as samples
  from found f group by f.directory_id, f.path
)
select o.n::int as n, (select count(*)::int from records r where r.directory_id = o.id) as examined, coalesce((
  select jsonb_agg(jsonb_build_object('path', c.path, 'people', c.people, 'type', c.type, 'samples', c.samples)
    order by c.people desc, c.path)
  from (select * from counted c where c.directory_id = o.id order by c.people desc, c.path limit ${MOST_ATTRIBUTES}) c
), '[]') as attributes
from unnest($2::uuid[]) with ordinality as o(id, n) order by o.n`,
};

type Row = { examined: number; attributes: UnmappedAttribute[] };

/** What directories send beyond the fields there are, from the newest records of each: no question reads more. */
export const unmappedReader = (database: Database): UnmappedReader => ({
  async list(tenantId, directoryIds, known, withSamples) {
    const rows = await database.session(tenantId, (session) =>
      session.run<Row>(listUnmapped, [tenantId, directoryIds, known, withSamples]),
    );
    return rows.map(
      ({ examined, attributes }): Unmapped => ({
        examined,
        isWhole: examined < MOST_RECORDS,
        attributes,
      }),
    );
  },
});
