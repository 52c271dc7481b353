import type { TeamColumn, TeamCondition, TeamReader, TeamRow } from '../../domain/teams/team-reader.ts';
import { Fragments } from '../conditions/fragment.ts';
import type { Database, Statement } from '../database.ts';
import { beyond, limitOf, orderBy, pageOf, pagesOf, placeColumns, placeNames, type SortKey } from '../pages.ts';
import { selectList } from '../select.ts';
import { askShape } from '../shapes.ts';
import { type TextColumn, textTest } from '../users/text-test.ts';
import { membershipsOf, membersOf, teamIdsOf } from './membership.ts';

const columnTable: Record<TeamColumn, string> = {
  version: 't.version',
  name: 't.name',
  description: 't.description',
  origin: 't.origin',
  createdAt: 't.created_at',
  updatedAt: 't.updated_at',
};

const select = (columns: readonly TeamColumn[]): string => `t.id${selectList(columnTable, columns)}`;

const byName: SortKey[] = [
  { sql: 't.name_key', type: 'text', descending: false },
  { sql: 't.id', type: 'uuid', descending: false },
];

const name: TextColumn = { sql: 't.name_key', key: 'whole', present: 'true' };

const countMembers: Statement = {
  name: 'count-team-members',
  text: `
select coalesce(c.total, 0) as total from unnest($2::uuid[]) with ordinality as o(id, n)
left join (
  select i.team_id, count(*)::int as total from (${membersOf('$2::uuid[]')}) i
  join users u on u.tenant_id = $1 and u.id = i.user_id where u.status <> 'DELETED' and u.visible group by i.team_id
) c on c.team_id = o.id order by o.n`,
};

const countTeams: Statement = {
  name: 'count-teams-of-users',
  text: `
select c.total from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (select count(*)::int as total from (${teamIdsOf('o.id')}) i) c order by o.n`,
};

/** Teams as rooms list them. */
export function teamReader(database: Database): TeamReader {
  const counts = (tenantId: string, statement: Statement, ids: readonly string[]) =>
    database.session(tenantId, async (session) => {
      const rows = await session.run<{ total: number }>(statement, [tenantId, ids]);
      return rows.map((row) => row.total);
    });
  return {
    byIds: (tenantId, ids, columns) =>
      database.session(tenantId, (session) => {
        const text = `select ${select(columns)} from teams t where t.tenant_id = $1 and t.id = any($2::uuid[])`;
        return askShape<TeamRow>(session, { text, values: [tenantId, ids] });
      }),
    list: (tenantId, where, slice, columns) =>
      database.session(tenantId, async (session) => {
        const sql = new Fragments([tenantId]);
        const text = `
select ${select(columns)}${placeColumns(byName, slice)} from teams t
where t.tenant_id = $1 ${teamWhere(where, sql)} ${beyond(byName, slice, sql)}
${orderBy(byName)} ${limitOf(slice)}`;
        return pageOf(await askShape<TeamRow>(session, { text, values: sql.values }), slice, byName.length);
      }),
    count: (tenantId, where) =>
      database.session(tenantId, async (session) => {
        const sql = new Fragments([tenantId]);
        const text = `select count(*)::int as total from teams t where t.tenant_id = $1 ${teamWhere(where, sql)}`;
        return (await askShape<{ total: number }>(session, { text, values: sql.values }))[0]!.total;
      }),
    ofUsers: (tenantId, userIds, slice, columns, limit) =>
      database.session(tenantId, async (session) => {
        const sql = new Fragments([tenantId, userIds]);
        // People are in few teams: ranking all of them at once is cheaper than a question for each person.
        const text = `
select m.owner, m.rank, m.id${[...columns, ...placeNames(byName, slice)].map((name) => `, m."${name}"`).join('')} from (
  select i.user_id as owner, ${select(columns)}${placeColumns(byName, slice)},
    (row_number() over (partition by i.user_id ${orderBy(byName)}))::int as rank
  from (${membershipsOf('$2::uuid[]')}) i join teams t on t.tenant_id = $1 and t.id = i.team_id
  where true ${beyond(byName, slice, sql)}
) m where m.rank <= ${slice.first + 1} limit ${limit + 1}`;
        const rows = await askShape<OwnedTeam>(session, { text, values: sql.values });
        return pagesOf(numbered(rows, userIds), userIds.length, slice, byName.length, limit);
      }),
    countsOfUsers: (tenantId, userIds) => counts(tenantId, countTeams, userIds),
    memberCounts: (tenantId, teamIds) => counts(tenantId, countMembers, teamIds),
  };
}

type OwnedTeam = TeamRow & { owner: string; rank: number; n: number };

/** The rows by owner and rank, each with the number of its owner from 1; mostly they come in that order. */
function numbered(rows: OwnedTeam[], owners: readonly string[]): OwnedTeam[] {
  const numbers = new Map(owners.map((owner, index) => [owner, index + 1]));
  for (const row of rows) row.n = numbers.get(row.owner)!;
  return rows.sort((a, b) => a.n - b.n || a.rank - b.rank);
}

function teamWhere(where: TeamCondition, sql: Fragments): string {
  const terms: string[] = [];
  if (where.name) terms.push(textTest(name, where.name, sql));
  if (where.origin) terms.push(`t.origin = ${sql.bind(where.origin, 'text')}`);
  if (where.member !== undefined)
    terms.push(where.member === null ? 'false' : `t.id in (${teamIdsOf(sql.bind(where.member, 'uuid'))})`);
  return terms.map((term) => `and ${term}`).join(' ');
}
