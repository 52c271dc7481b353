import type { GroupReader, GroupRow } from '../../domain/directories/directory-reader.ts';
import { Fragments } from '../conditions/fragment.ts';
import type { Database, Statement } from '../database.ts';
import { beyond, orderBy, pagesOf, placeColumns, type SortKey } from '../pages.ts';
import { askShape } from '../shapes.ts';

const columns = `
g.id, g.directory_id as "directoryId", g.external_id as "externalId", g.display_name as "displayName",
g.team_id as "teamId"`;

const byName: SortKey[] = [
  { sql: 'g.display_name_key', type: 'text', descending: false },
  { sql: 'g.id', type: 'uuid', descending: false },
];

const byIds: Statement = {
  name: 'groups-by-ids',
  text: `select ${columns} from directory_groups g where g.tenant_id = $1 and g.id = any($2::uuid[])`,
};

const ofTeams: Statement = {
  name: 'groups-of-teams',
  text: `
select ${columns} from directory_groups g
where g.tenant_id = $1 and g.team_id = any($2::uuid[]) order by g.display_name_key, g.id`,
};

const countGroups: Statement = {
  name: 'count-groups-of-directories',
  text: `
select c.total from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  select count(*)::int as total from directory_groups g where g.tenant_id = $1 and g.directory_id = o.id
) c order by o.n`,
};

const countMembers: Statement = {
  name: 'count-group-members',
  text: `
select c.total from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  select count(*)::int as total
  from directory_groups g
  join group_members m on m.tenant_id = $1 and m.group_id = g.id
  join user_sources s on s.tenant_id = $1 and s.user_id = m.user_id and s.source_id = g.directory_id and s.ended_at is null
  join users u on u.tenant_id = $1 and u.id = m.user_id and u.status <> 'DELETED' and u.visible
  where g.tenant_id = $1 and g.id = o.id
) c order by o.n`,
};

/** Directories' groups as rooms list them. */
export function groupReader(database: Database): GroupReader {
  const run = (tenantId: string, statement: Statement, ids: readonly string[]) =>
    database.session(tenantId, (session) => session.run<GroupRow>(statement, [tenantId, ids]));
  const counts = (tenantId: string, statement: Statement, ids: readonly string[]) =>
    database.session(tenantId, async (session) => {
      const rows = await session.run<{ total: number }>(statement, [tenantId, ids]);
      return rows.map((row) => row.total);
    });
  return {
    byIds: (tenantId, ids) => run(tenantId, byIds, ids),
    ofTeams: (tenantId, teamIds) => run(tenantId, ofTeams, teamIds),
    ofDirectories: (tenantId, directoryIds, slice, limit) =>
      database.session(tenantId, async (session) => {
        const sql = new Fragments([tenantId, directoryIds]);
        const text = `
select o.n::int as n, m.* from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  select ${columns}${placeColumns(byName, slice)} from directory_groups g
  where g.tenant_id = $1 and g.directory_id = o.id ${beyond(byName, slice, sql)}
  ${orderBy(byName)} limit ${sql.bind(slice.first + 1, 'int')}
) m limit ${sql.bind(limit + 1, 'int')}`;
        const rows = await askShape<GroupRow & { n: number }>(session, { text, values: sql.values });
        return pagesOf(rows, directoryIds.length, slice, byName.length, limit);
      }),
    countsOfDirectories: (tenantId, directoryIds) => counts(tenantId, countGroups, directoryIds),
    memberCounts: (tenantId, groupIds) => counts(tenantId, countMembers, groupIds),
  };
}
