import type { Json, JsonObject } from '../../domain/json.ts';
import type { Cell, Source, SourceKind } from '../../domain/ownership.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Contested } from '../../domain/rules/contested.ts';
import { isUserFieldKey } from '../../fields/user.fields.ts';
import type { Session, Statement } from '../database.ts';
import { askShape } from '../shapes.ts';
import { speaks } from '../users/person-rows.ts';
import { columnOf } from '../users/user-columns.ts';

/** With more keys than that, taking single ones out of what a source asserts costs more than reading all of it. */
const MOST_SINGLE_KEYS = 8;
const FIRST = '00000000-0000-0000-0000-000000000000';

type Row = Record<string, Json> & {
  id: string;
  version: number;
  userName: string;
  /** Values of the tenant's own fields; absent where none of them was asked for. */
  custom?: JsonObject | null;
  sources: SourceRow[];
};
/** Id, kind, and all that is asserted or the single cells in the order of the keys. */
/** Whether the source is held by its directory comes third. */
type SourceRow = [string, SourceKind, boolean, ...(Record<string, Cell> | Cell | null)[]];

/** What of the fields is read of each person in one walk along the key: nothing else is. */
function peopleText(keys: readonly string[], which: string, limit: string): string {
  const cells =
    keys.length > MOST_SINGLE_KEYS ? ['s.asserted'] : keys.map((_, index) => `s.asserted -> $${index + 3}::text`);
  const values = keys.map((key, index) => (isUserFieldKey(key) ? `, u.${columnOf(key)} as v${index}` : ''));
  if (!keys.every(isUserFieldKey)) values.push(', u.custom');
  return `
with chosen as materialized (
  select s.user_id, json_agg(json_build_array(s.source_id, s.kind, s.ended_at is null, ${cells.join(', ')})) as sources
  from user_sources s
  join users p on p.tenant_id = $1 and p.id = s.user_id and p.id ${which} and p.status <> 'DELETED'
  where s.tenant_id = $1 and s.user_id ${which} and ${speaks('s')}
  group by s.user_id having count(*) > 1 order by s.user_id ${limit})
select u.id, u.version, u.user_name as "userName"${values.join('')}, c.sources
from chosen c join users u on u.tenant_id = $1 and u.id = c.user_id
order by u.id`;
}

/** What people and products assert, of anyone; and whether a second directory asserts anything at all. */
const spoken: Statement = {
  name: 'keys-spoken',
  text: `
select array(
    select distinct k from user_sources s cross join lateral jsonb_object_keys(s.asserted) k
    where s.tenant_id = $1 and s.kind <> 'DIRECTORY' and s.ended_at is null) as keys,
  (select count(*) > 1 from directories d where d.tenant_id = $1 and exists (
    select 1 from user_sources s where s.tenant_id = $1 and s.directory_id = d.id and s.ended_at is null)) as several`,
};

/**
 * Those of the keys of which more than one source may speak: where there is one directory, those that people or products
 * have written. Few keys are not worth the question.
 */
export async function rivalled(
  session: Session,
  tenantId: string,
  keys: readonly string[],
): Promise<readonly string[]> {
  if (keys.length <= MOST_SINGLE_KEYS) return keys;
  const [row] = await session.run<{ keys: string[]; several: boolean }>(spoken, [tenantId]);
  return row!.several ? keys : keys.filter((key) => row!.keys.includes(key));
}

/** People with more than one source after that id, or those of the ids. */
export async function readContested(
  session: Session,
  tenantId: string,
  which: { after: string | null; limit: number } | { ids: readonly string[] },
  keys: readonly string[],
  { disconnected }: Policy,
): Promise<Contested[]> {
  if (keys.length === 0) return [];
  // The limit is written out: with it, PostgreSQL sees that it need not read to the end.
  const [text, bound] =
    'ids' in which
      ? [peopleText(keys, '= any($2::uuid[])', ''), which.ids]
      : [peopleText(keys, '> $2', `limit ${Math.trunc(which.limit)}`), which.after ?? FIRST];
  const named = keys.length > MOST_SINGLE_KEYS ? [] : keys;
  const question = { text, values: [tenantId, bound, ...named] };
  const rows = await askShape<Row>(session, question);
  return rows.map((row) => contestedOf(row, keys, disconnected));
}

function contestedOf(row: Row, keys: readonly string[], disconnected: ReadonlySet<string>): Contested {
  const { id, version, userName, sources } = row;
  const values: Record<string, Json> = {};
  keys.forEach((key, index) => {
    const value = (isUserFieldKey(key) ? row[`v${index}`] : row.custom?.[key]) ?? null;
    if (value !== null) values[key] = value;
  });
  return { id, version, userName, values, sources: sources.map((source) => sourceOf(source, keys, disconnected)) };
}

function sourceOf(
  [id, kind, held, ...cells]: SourceRow,
  keys: readonly string[],
  disconnected: ReadonlySet<string>,
): Source {
  const live = held && !disconnected.has(id);
  if (keys.length > MOST_SINGLE_KEYS) return { id, kind, live, asserted: cells[0] as Record<string, Cell>, writes: {} };
  const asserted: Record<string, Cell> = {};
  keys.forEach((key, index) => {
    const cell = cells[index] as Cell | null;
    if (cell) asserted[key] = cell;
  });
  return { id, kind, live, asserted, writes: {} };
}
