import type { Page } from '../../domain/page.ts';
import type { CustomOrder, UserQuery, UserRow } from '../../domain/users/user-reader.ts';
import { Fragments } from '../conditions/fragment.ts';
import type { Question, Session } from '../database.ts';
import { beyond, limitOf, orderBy, pageOf, placeColumns, type SortKey } from '../pages.ts';
import { askShape } from '../shapes.ts';
import { valuesOf } from './custom-test.ts';
import { userSelect } from './reading-statements.ts';
import { userWhere, within } from './user-where.ts';

/**
 * A page of people by the values of a custom field, then those without one by age. A place is whether there is no value,
 * the value's key, the id. The second question is asked only where the first has too few.
 */
export async function listByValue(
  session: Session,
  tenantId: string,
  query: UserQuery,
  order: CustomOrder,
): Promise<Page<UserRow>> {
  const { slice } = query;
  const rows = slice.after?.[0] === 'true' ? [] : await askShape<UserRow>(session, withValue(tenantId, query, order));
  const missing = slice.first + 1 - rows.length;
  if (missing > 0)
    rows.push(...(await askShape<UserRow>(session, withoutValue(tenantId, query, order))).slice(0, missing));
  return pageOf(rows, slice, 3);
}

function withValue(tenantId: string, query: UserQuery, { by, descending }: CustomOrder): Question {
  const sql = new Fragments([tenantId]);
  const keys: SortKey[] = [
    { sql: 'c.key', type: 'text', descending },
    { sql: 'c.user_id', type: 'uuid', descending },
  ];
  const slice = { ...query.slice, after: query.slice.after?.slice(1) ?? null };
  const text = `
select ${userSelect(query.columns)}${places(query, 'false', keys)}
from custom_values c join users u on u.tenant_id = $1 and u.id = c.user_id
where c.tenant_id = $1 and c.field_id = ${sql.bind(by.id, 'uuid')}${asked(query, sql)} ${beyond(keys, slice, sql)}
${orderBy(keys)} ${limitOf(slice)}`;
  return { text, values: sql.values };
}

function withoutValue(tenantId: string, query: UserQuery, { by, descending }: CustomOrder): Question {
  const sql = new Fragments([tenantId]);
  const byAge: SortKey = { sql: 'u.id', type: 'uuid', descending };
  const isAmong = query.slice.after?.[0] === 'true';
  const slice = { ...query.slice, after: isAmong ? query.slice.after!.slice(2) : null };
  const text = `
select ${userSelect(query.columns)}${places(query, 'true', [{ ...byAge, sql: `''::text` }, byAge])}
from users u
where u.tenant_id = $1 and not exists (${valuesOf(by, sql)} and c.user_id = u.id)${asked(query, sql)} ${beyond([byAge], slice, sql)}
${orderBy([byAge])} ${limitOf(slice)}`;
  return { text, values: sql.values };
}

const asked = ({ where, sight }: UserQuery, sql: Fragments): string =>
  `${within(sight)} ${where ? `and ${userWhere(where, sql)}` : ''}`;

const places = ({ slice }: UserQuery, isMissing: 'true' | 'false', keys: SortKey[]): string =>
  placeColumns([{ sql: `'${isMissing}'::text`, type: 'text', descending: false }, ...keys], slice);
