import type { TeamCondition, TeamReader, TeamRow } from '../../domain/teams/team-reader.ts';
import { Fragments } from '../conditions/fragment.ts';
import type { Database, Statement } from '../database.ts';
import { beyond, orderBy, pageOf, pagesOf, placeColumns, type SortKey } from '../pages.ts';
import { askShape } from '../shapes.ts';
import { type TextColumn, textTest } from '../users/text-test.ts';
import { isMember, teamIdsOf, userIdsOf } from './membership.ts';

const columns = `
t.id, t.version, t.name, t.description, t.origin, t.created_at as "createdAt", t.updated_at as "updatedAt"`;

const byName: SortKey[] = [
  { sql: 't.name_key', type: 'text', descending: false },
  { sql: 't.id', type: 'uuid', descending: false },
];

const name: TextColumn = { sql: 't.name_key', key: 'whole', present: 'true' };

const byIds: Statement = {
  name: 'teams-by-ids',
  text: `select ${columns} from teams t where t.tenant_id = $1 and t.id = any($2::uuid[])`,
};

const countMembers: Statement = {
  name: 'count-team-members',
  text: `
select o.n::int as n, c.total from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  select count(*)::int as total from (${userIdsOf('o.id')}) i
  join users u on u.tenant_id = $1 and u.id = i.user_id where u.status <> 'DELETED' and u.visible
) c order by o.n`,
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
    byIds: (tenantId, ids) => database.session(tenantId, (session) => session.run<TeamRow>(byIds, [tenantId, ids])),
    list: (tenantId, where, slice) =>
      database.session(tenantId, async (session) => {
        const sql = new Fragments([tenantId]);
        const text = `
select ${columns}${placeColumns(byName)} from teams t
where t.tenant_id = $1 ${teamWhere(where, sql)} ${beyond(byName, slice, sql)}
${orderBy(byName)} limit ${sql.bind(slice.first + 1, 'int')}`;
        return pageOf(await askShape<TeamRow>(session, { text, values: sql.values }), slice, byName.length);
      }),
    count: (tenantId, where) =>
      database.session(tenantId, async (session) => {
        const sql = new Fragments([tenantId]);
        const text = `select count(*)::int as total from teams t where t.tenant_id = $1 ${teamWhere(where, sql)}`;
        return (await askShape<{ total: number }>(session, { text, values: sql.values }))[0]!.total;
      }),
    ofUsers: (tenantId, userIds, slice, limit) =>
      database.session(tenantId, async (session) => {
        const sql = new Fragments([tenantId, userIds]);
        const text = `
select o.n::int as n, m.* from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  select ${columns}${placeColumns(byName)}
  from (${teamIdsOf('o.id')}) i join teams t on t.tenant_id = $1 and t.id = i.team_id
  where true ${beyond(byName, slice, sql)} ${orderBy(byName)} limit ${sql.bind(slice.first + 1, 'int')}
) m limit ${sql.bind(limit + 1, 'int')}`;
        const rows = await askShape<TeamRow & { n: number }>(session, { text, values: sql.values });
        return pagesOf(rows, userIds.length, slice, byName.length, limit);
      }),
    countsOfUsers: (tenantId, userIds) => counts(tenantId, countTeams, userIds),
    memberCounts: (tenantId, teamIds) => counts(tenantId, countMembers, teamIds),
  };
}

function teamWhere(where: TeamCondition, sql: Fragments): string {
  const terms: string[] = [];
  if (where.name) terms.push(textTest(name, where.name, sql));
  if (where.origin) terms.push(`t.origin = ${sql.bind(where.origin, 'text')}`);
  if (where.member !== undefined)
    terms.push(where.member === null ? 'false' : isMember(sql.bind(where.member, 'uuid'), 't.id'));
  return terms.map((term) => `and ${term}`).join(' ');
}
