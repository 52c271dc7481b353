import { StaleWrite } from '../../domain/errors.ts';
import type { Origin } from '../../domain/event.ts';
import type { Json } from '../../domain/json.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Recomputed } from '../../domain/rules/contested.ts';
import type { RuleWork } from '../../domain/rules/rule-work.ts';
import { isUserFieldKey } from '../../fields/user.fields.ts';
import type { Session } from '../database.ts';
import { eventColumns, ownTransaction } from '../events/event-statement.ts';
import { indexKey } from '../fields/index-key.ts';
import { askShape } from '../shapes.ts';
import { columnOf, searchKey } from '../users/user-columns.ts';

/** Sets these columns of `u` to what `g` holds of them, else leaves them. */
export const setColumns = (columns: readonly string[]): string => `,
    (${columns.join(', ')}) = (select ${columns.map((column) => `r.${column}`).join(', ')}
      from jsonb_populate_record(u, g."values") r)`;

/** The values of the tenant's own fields beside those that stay; null takes one out. */
export const setCustom = `,
    custom = nullif(jsonb_strip_nulls(coalesce(u.custom, '{}') || coalesce(g.custom, '{}')), '{}')`;

/** Further parts of a statement, after one in which it ends: the index of the tenant's own fields follows them. */
export const putCustomValues = `
), entries as (
  select g.id as user_id, k.field_id, k.key from given g join written w on w.id = g.id
  cross join lateral jsonb_to_recordset(g.keys) as k(field_id uuid, key text)
), gone as (
  delete from custom_values c using entries e
  where c.tenant_id = $1 and c.user_id = e.user_id and c.field_id = e.field_id and e.key is null
), put as (
  insert into custom_values (tenant_id, user_id, field_id, key)
  select $1, e.user_id, e.field_id, e.key from entries e where e.key is not null
  on conflict (tenant_id, user_id, field_id) do update set key = excluded.key where custom_values.key <> excluded.key`;

/** $1 tenant, $2 people, $3 version of the policy, $4 time, $5 actor, $6 request, $7 version of the work. */
const text = (columns: readonly string[], hasCustom: boolean): string => `
with given as (
  select * from jsonb_to_recordset($2::jsonb)
    as g(id uuid, version int, "values" jsonb, custom jsonb, keys jsonb, changes jsonb)
), written as (
  update users u set version = u.version + 1, updated_at = $4::timestamptz${columns.length > 0 ? setColumns(columns) : ''}${hasCustom ? setCustom : ''}
  from given g
  where u.tenant_id = $1 and u.id = g.id and u.version = g.version
    and (select t.policy_version from tenants t where t.id = $1) = $3
  returning u.id
), counted as (
  update rule_changes set users_changed = users_changed + (select count(*) from written)
  where tenant_id = $1 and version = $7${hasCustom ? putCustomValues : ''}
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')})
  select $1, $4::timestamptz, 'user.updated', $5, $6, 'usr', g.id, null, g.changes, null, null
  from given g join written w on w.id = g.id order by g.id
)
select (select array_agg(id) from written) as ids, ${ownTransaction},
  (select t.policy_version from tenants t where t.id = $1) = $3 as current`;

/** Writes the values that changed of people, each if the version that was read stands, with an event each; see `RuleStore`. */
export async function writeRecomputed(
  session: Session,
  tenantId: string,
  people: readonly Recomputed[],
  work: RuleWork,
  policy: Policy,
  { at, actor, requestId }: Origin,
): Promise<Set<string>> {
  const rows = people.map(({ person, changes }) => ({
    id: person.id,
    version: person.version,
    values: columnValues(person.userName, changes),
    ...customValues(changes, policy),
    changes,
  }));
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))].sort();
  const values = [tenantId, JSON.stringify(rows), policy.version, at, actor, requestId, work.version];
  const hasCustom = rows.some(({ custom }) => custom !== undefined);
  const question = { text: text(columns, hasCustom), values };
  const [row] = await askShape<{ ids: string[] | null; current: boolean }>(session, question);
  if (!row!.current) throw new StaleWrite();
  return new Set(row!.ids ?? []);
}

/** Values by column, with the search keys that follow from them. */
export function columnValues(userName: string, changes: Recomputed['changes']): Record<string, Json> {
  const columns: Record<string, Json> = {};
  for (const { key, to } of changes) {
    if (!isUserFieldKey(key)) continue;
    columns[columnOf(key)] = to;
    if (key === 'displayName') columns.display_name_key = searchKey(typeof to === 'string' ? to : userName);
    if (key === 'email') columns.email_key = typeof to === 'string' ? searchKey(to) : null;
  }
  return columns;
}

/** Values of the tenant's own fields by key, and what they are found by; null where there is none any more. */
export function customValues(changes: Recomputed['changes'], { fields }: Policy) {
  const own = changes.filter(({ key }) => !isUserFieldKey(key));
  if (own.length === 0) return {};
  const keys = fields.custom.flatMap((field) => {
    const change = own.find(({ key }) => key === field.key);
    if (!change) return [];
    return [{ field_id: field.id, key: change.to === null ? null : indexKey(field, change.to) }];
  });
  return { custom: Object.fromEntries(own.map(({ key, to }) => [key, to])), keys };
}
