import { keyOf } from '../../domain/key.ts';
import type { Slice } from '../../domain/page.ts';
import type { Sight, UserColumn, UserName } from '../../domain/users/user-reader.ts';
import { userFieldKeys } from '../../fields/user.fields.ts';
import { Fragments } from '../conditions/fragment.ts';
import type { Question, Statement } from '../database.ts';
import { beyond, orderBy, placeColumns, type SortKey } from '../pages.ts';
import { selectList } from '../select.ts';
import { userIdsOf } from '../teams/membership.ts';
import { sourcesOfPerson } from './person-rows.ts';
import type { References } from './reference.ts';
import { columnOf, searchKey } from './user-columns.ts';
import { within } from './user-where.ts';

const columnTable = Object.fromEntries([
  ...['version', 'kind', 'status', 'visible'].map((name) => [name, `u.${name}`]),
  ['statusAt', 'u.status_at'],
  ['waitsFor', 'u.waits_for'],
  ['loginId', 'u.login_id'],
  ['userName', 'u.user_name'],
  ['createdAt', 'u.created_at'],
  ['updatedAt', 'u.updated_at'],
  ['custom', 'u.custom'],
  ['country', `u.address ->> 'country'`],
  ...userFieldKeys.map((key) => [key, `u.${columnOf(key)}`]),
]) as Record<UserColumn, string>;

/** The id and these columns of people `u`. */
export const userSelect = (columns: readonly UserColumn[]): string => `u.id${selectList(columnTable, columns)}`;

/** People of these ids. */
export const usersByIds = (
  tenantId: string,
  ids: readonly string[],
  columns: readonly UserColumn[],
  sight: Sight,
): Question => {
  const isOne = ids.length === 1;
  const named = isOne ? 'u.id = $2::uuid' : 'u.id = any($2::uuid[])';
  return {
    text: `select ${userSelect(columns)} from users u where u.tenant_id = $1 and ${named}${within(sight)}`,
    values: [tenantId, isOne ? ids[0] : ids],
  };
};

/** The person of that name; of several with one e-mail address, the oldest. */
export function userByName(tenantId: string, name: UserName, columns: readonly UserColumn[], sight: Sight): Question {
  const select = `select ${userSelect(columns)} from users u`;
  if (name.by === 'externalId') {
    const text = `${select}
join user_sources s on s.tenant_id = $1 and s.user_id = u.id
where u.tenant_id = $1 and s.directory_id = $2 and s.external_id = $3 and s.ended_at is null${within(sight)}`;
    return { text, values: [tenantId, name.directoryId, name.externalId] };
  }
  const column = name.by === 'userName' ? 'u.user_name_key' : 'u.email_key';
  const text = `${select} where u.tenant_id = $1 and ${column} = $2${within(sight)} order by u.id limit 1`;
  return { text, values: [tenantId, name.by === 'userName' ? keyOf(name.text) : searchKey(name.text)] };
}

/** Everyone whom a list shows. */
export const shown: Sight = { hidden: false, deleted: false };

/** A page of the members of each team, with the number of the team in the list. */
export function membersOfTeams(
  tenantId: string,
  teamIds: readonly string[],
  slice: Slice,
  columns: readonly UserColumn[],
  limit: number,
): Question {
  const sql = new Fragments([tenantId, teamIds]);
  const byAge: SortKey[] = [{ sql: 'i.user_id', type: 'uuid', descending: false }];
  // People are looked up one by one, in order, so that a page of a large team costs a page.
  const text = `
select o.n::int as n, m.* from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  select p.*${placeColumns(byAge, slice)} from (${userIdsOf('o.id')} order by 1) i
  cross join lateral (
    select ${userSelect(columns)} from users u where u.tenant_id = $1 and u.id = i.user_id${within(shown)} limit 1
  ) p
  where true ${beyond(byAge, slice, sql)} ${orderBy(byAge)} limit ${sql.bind(slice.first + 1, 'int')}
) m limit ${sql.bind(limit, 'int')}`;
  return { text, values: sql.values };
}

/** The people whom texts mean, with the number of the text in the list. */
export const referredUsers = (
  tenantId: string,
  { texts, ids, keys }: References,
  columns: readonly UserColumn[],
  sight: Sight,
): Question => ({
  text: `
select w.n::int as n, p.* from unnest($2::text[], $3::uuid[], $4::text[]) with ordinality as w(text, id, key, n)
cross join lateral (
  select ${userSelect(columns)} from (
    select 1 as rank, w.id as user_id where w.id is not null
    union all
    select 2, s.user_id from directories d
    join user_sources s on s.tenant_id = $1 and s.directory_id = d.id and s.external_id = w.text and s.ended_at is null
    where d.tenant_id = $1 and d.state <> 'DISCONNECTED'
    union all
    select 3, n.id from users n where n.tenant_id = $1 and n.user_name_key = w.key and n.status <> 'DELETED'
  ) x join users u on u.tenant_id = $1 and u.id = x.user_id
  where true${within(sight)} order by x.rank, u.id limit 1
) p`,
  values: [tenantId, texts, ids, keys],
});

/** Live ties of these people, the oldest first. */
export const listLinks: Statement = {
  name: 'list-links',
  text: `
select s.user_id as "userId", s.directory_id as "directoryId", d.state, s.external_id as "externalId",
  s.linked_at as "linkedAt"
from user_sources s join directories d on d.tenant_id = $1 and d.id = s.directory_id
where s.tenant_id = $1 and s.user_id = any($2::uuid[]) and s.kind = 'DIRECTORY' and s.ended_at is null
order by s.linked_at, s.directory_id`,
};

/** People with every source. */
export const peopleByIds = (tenantId: string, ids: readonly string[], sight: Sight): Question => ({
  text: `select u.*, ${sourcesOfPerson} from users u where u.tenant_id = $1 and u.id = any($2::uuid[])${within(sight)}`,
  values: [tenantId, ids],
});
