import type { HistoryReader } from '../../domain/history/history-reader.ts';
import type { PastEvent } from '../../domain/history/walk-back.ts';
import { demandWithin } from '../../domain/page.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Database, Statement } from '../database.ts';
import { teamIdsOf } from '../teams/membership.ts';
import { type PersonRow, personOf, sourcesOfPerson } from '../users/person-rows.ts';

const present: Statement = {
  name: 'present-people',
  text: `
select u.*, ${sourcesOfPerson}, array(${teamIdsOf('u.id')}) as "teamIds"
from users u where u.tenant_id = $1 and u.id = any($2::uuid[])`,
};

const columns = `e.seq, e.at, e.name, e.actor, e.subject_id as "subjectId", e.object_id as "objectId", e.changes`;

/** Goes along the person's own events, of which `seq` is the order: what writes of one person they wait for each other. */
const since: Statement = {
  name: 'events-since',
  text: `
select o.n::int as n, m.* from unnest($2::uuid[]) with ordinality as o(id, n)
cross join lateral (
  with own as (
    select ${columns} from events e where e.tenant_id = $1 and e.subject_id = o.id
    union all
    select ${columns} from events e where e.tenant_id = $1 and e.object_id = o.id)
  select * from own where seq > (select coalesce(max(seq), 0) from own where at <= $3::timestamptz)
  order by seq desc limit $4
) m limit $5`,
};

/** The first later event that changed the name says what it was; where there is none, the team itself. */
const teamNames: Statement = {
  name: 'team-names-at',
  text: `
select coalesce(e.name, t.name) as name from unnest($2::uuid[]) with ordinality as o(id, n)
left join teams t on t.tenant_id = $1 and t.id = o.id
left join lateral (
  select c ->> 'from' as name from events e cross join lateral jsonb_array_elements(e.changes) as c
  where e.tenant_id = $1 and e.subject_id = o.id and e.subject_kind in ('team', 'grp') and e.object_id is null
    and e.at > $3::timestamptz and e.name in ('team.updated', 'team.deleted') and c ->> 'key' = 'name'
  order by e.seq limit 1
) e on true order by o.n`,
};

/** The past on PostgreSQL. */
export const historyReader = (database: Database, policy: (tenantId: string) => Promise<Policy>): HistoryReader => ({
  async present(tenantId, userIds) {
    const current = await policy(tenantId);
    const rows = await database.session(tenantId, (session) =>
      session.run<PersonRow & { teamIds: string[] }>(present, [tenantId, userIds]),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return userIds.map((id) => {
      const row = byId.get(id);
      return row ? { person: personOf(row, current), teamIds: row.teamIds } : null;
    });
  },
  async since(tenantId, userIds, at, most, limit) {
    const rows = await database.session(tenantId, (session) =>
      session.run<PastEvent & { n: number }>(since, [tenantId, userIds, at, most, limit + 1]),
    );
    demandWithin(rows.length, limit);
    const byUser = Map.groupBy(rows, ({ n }) => n);
    return userIds.map((_, index) => byUser.get(index + 1) ?? []);
  },
  teamNames: (tenantId, teamIds, at) =>
    database.session(tenantId, async (session) => {
      const rows = await session.run<{ name: string | null }>(teamNames, [tenantId, teamIds, at]);
      return rows.map(({ name }) => name);
    }),
});
