import type { Policy } from '../../domain/policy.ts';
import type { LinkRow, UserReader, UserRow } from '../../domain/users/user-reader.ts';
import { Fragments } from '../conditions/fragment.ts';
import type { Database, Session } from '../database.ts';
import { beyond, limitOf, orderBy, pageOf, pagesOf, placeColumns } from '../pages.ts';
import { askShape } from '../shapes.ts';
import { listByValue } from './list-by-value.ts';
import { type PersonRow, personOf } from './person-rows.ts';
import {
  listLinks,
  membersOfTeams,
  peopleByIds,
  referredUsers,
  userByName,
  userSelect,
  usersByIds,
} from './reading-statements.ts';
import { referenceValues } from './reference.ts';
import { userSort } from './user-order.ts';
import { userWhere, within } from './user-where.ts';

type Numbered = UserRow & { n: number };

/** People as rooms list them: only the columns asked for, and never more than rows. */
export function userReader(database: Database, policy: (tenantId: string) => Promise<Policy>): UserReader {
  const ask = <T>(tenantId: string, work: (session: Session) => Promise<T>) => database.session(tenantId, work);
  return {
    byIds: (tenantId, ids, columns, sight) =>
      ask(tenantId, (session) => askShape(session, usersByIds(tenantId, ids, columns, sight))),
    byName: (tenantId, name, columns, sight) =>
      ask(tenantId, async (session) => {
        const rows = await askShape<UserRow>(session, userByName(tenantId, name, columns, sight));
        return rows[0] ?? null;
      }),
    list: (tenantId, query) =>
      ask(tenantId, async (session) => {
        const { slice, where, order, columns, sight } = query;
        if ('by' in order) return listByValue(session, tenantId, query, order);
        const sql = new Fragments([tenantId]);
        const keys = userSort(order);
        const text = `
select ${userSelect(columns)}${placeColumns(keys, slice)}
from users u where u.tenant_id = $1${within(sight)} ${where ? `and ${userWhere(where, sql)}` : ''} ${beyond(keys, slice, sql)}
${orderBy(keys)} ${limitOf(slice)}`;
        return pageOf(await askShape<UserRow>(session, { text, values: sql.values }), slice, keys.length);
      }),
    count: (tenantId, where, sight) =>
      ask(tenantId, async (session) => {
        const sql = new Fragments([tenantId]);
        const text = `
select count(*)::int as total from users u where u.tenant_id = $1${within(sight)} ${where ? `and ${userWhere(where, sql)}` : ''}`;
        return (await askShape<{ total: number }>(session, { text, values: sql.values }))[0]!.total;
      }),
    members: (tenantId, teamIds, slice, columns, limit) =>
      ask(tenantId, async (session) => {
        const rows = await askShape<Numbered>(session, membersOfTeams(tenantId, teamIds, slice, columns, limit + 1));
        return pagesOf(rows, teamIds.length, slice, 1, limit);
      }),
    referred: (tenantId, texts, columns, sight) =>
      ask(tenantId, async (session) => {
        const values = referenceValues(texts);
        const rows = await askShape<Numbered>(session, referredUsers(tenantId, values, columns, sight));
        const byNumber = new Map(rows.map((row) => [row.n, row]));
        return texts.map((_, index) => byNumber.get(index + 1) ?? null);
      }),
    links: (tenantId, ids) => ask(tenantId, (session) => session.run<LinkRow>(listLinks, [tenantId, ids])),
    people: async (tenantId, ids, sight) => {
      const current = await policy(tenantId);
      const rows = await ask(tenantId, (session) => askShape<PersonRow>(session, peopleByIds(tenantId, ids, sight)));
      return rows.map((row) => personOf(row, current));
    },
  };
}
