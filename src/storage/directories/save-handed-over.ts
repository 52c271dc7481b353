import type { HandedOver } from '../../domain/directories/disconnect-store.ts';
import { StaleWrite } from '../../domain/errors.ts';
import type { Origin } from '../../domain/event.ts';
import type { Json } from '../../domain/json.ts';
import { keyOf } from '../../domain/key.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Session } from '../database.ts';
import { eventColumns, ownTransaction } from '../events/event-statement.ts';
import { columnValues, customValues, putCustomValues, setColumns, setCustom } from '../rules/write-recomputed.ts';
import { askShape } from '../shapes.ts';
import { searchKey } from '../users/user-columns.ts';

/** $1 tenant, $2 people, $3 version of the policy, $4 time, $5 actor, $6 request, $7 the link that ends, or null. */
const text = (columns: readonly string[], hasCustom: boolean): string => `
with given as (
  select * from jsonb_to_recordset($2::jsonb)
    as g(id uuid, version int, "values" jsonb, custom jsonb, keys jsonb, changes jsonb)
), written as (
  update users u set version = u.version + 1, updated_at = $4::timestamptz${setColumns(columns)}${hasCustom ? setCustom : ''}
  from given g
  where u.tenant_id = $1 and u.id = g.id and u.version = g.version
    and (select t.policy_version from tenants t where t.id = $1) = $3
  returning u.id
), ended as (
  update user_sources s set ended_at = $4::timestamptz from written w
  where s.tenant_id = $1 and s.user_id = w.id and s.source_id = $7::uuid${hasCustom ? putCustomValues : ''}
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')})
  select $1, $4::timestamptz, 'user.unlinked', $5, $6, 'usr', g.id, null, g.changes, null, null
  from given g join written w on w.id = g.id order by g.id
)
select count(*)::int as written, ${ownTransaction} from written`;

/** Writes people whom others hold, who are locked, in one statement with an event each; see `DisconnectStore`. */
export async function saveHandedOver(
  session: Session,
  tenantId: string,
  people: readonly HandedOver[],
  ended: string | null,
  policy: Policy,
  { at, actor, requestId }: Origin,
): Promise<void> {
  const rows = people.map(({ person, changes }) => ({
    id: person.id,
    version: person.version,
    values: { ...columnValues(person.userName, changes), ...standing(person) },
    ...customValues(changes, policy),
    changes,
  }));
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))].sort();
  const hasCustom = rows.some(({ custom }) => custom !== undefined);
  const values = [tenantId, JSON.stringify(rows), policy.version, at, actor, requestId, ended];
  const [row] = await askShape<{ written: number }>(session, { text: text(columns, hasCustom), values });
  if (row!.written !== people.length) throw new StaleWrite();
}

/** What the directory that governs a person says, with what it is found by. */
function standing({ userName, values, ...person }: HandedOver['person']): Record<string, Json> {
  const { displayName } = values;
  return {
    user_name: userName,
    user_name_key: keyOf(userName),
    display_name_key: searchKey(typeof displayName === 'string' ? displayName : userName),
    kind: person.kind,
    kind_by_rule: person.kindByRule,
    status: person.status,
    status_at: person.statusAt,
    visible: person.visible,
    seated: person.seated,
    waits_for: person.waitsFor,
    activated_at: person.activatedAt,
    login_id: person.loginId,
  };
}
