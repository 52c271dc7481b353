import type { Hub } from '../../support/hub.ts';

const tables = [
  'users',
  'user_sources',
  'expected_links',
  'directory_groups',
  'group_members',
  'teams',
  'team_members',
  'central_members',
  'directories',
];

/** Every row of a tenant as text, with all events but refusals and questions to an admin: equal before and after means that nothing happened. */
export const stateOf = (hub: Hub, tenantId: string): Promise<string[]> =>
  hub.running.database.session(tenantId, async (session) => {
    const rows: string[] = [];
    for (const table of tables) rows.push(...(await rowsOf(`select to_jsonb(t) as row from ${table} t`)));
    rows.push(
      ...(await rowsOf(
        `select to_jsonb(t) as row from events t where name <> all('{request.refused,directory.adoption.asked}')`,
      )),
    );
    return rows;

    async function rowsOf(text: string): Promise<string[]> {
      const found = await session.ask<{ row: unknown }>({ text, values: [] });
      return found.map(({ row }) => JSON.stringify(row)).sort();
    }
  });

/** The state without what differs from one run of the same requests to another: times, counters, ids of requests. */
export const contentOf = async (hub: Hub, tenantId: string): Promise<string[]> =>
  hub.running.database.session(tenantId, async (session) => {
    const found = await session.ask<{ row: unknown }>({
      text: `
select jsonb_build_object('user', u.user_name, 'status', u.status, 'version', u.version, 'resource', s.resource) as row
from users u join user_sources s on s.tenant_id = u.tenant_id and s.user_id = u.id and s.ended_at is null
union all
select jsonb_build_object('group', g.resource, 'members',
  (select jsonb_agg(m.user_id order by m.user_id) from group_members m where m.group_id = g.id)) from directory_groups g
union all
select jsonb_build_object('events', count(*)) from events where name <> 'request.refused'`,
      values: [],
    });
    return found.map(({ row }) => JSON.stringify(row)).sort();
  });

export type LoggedEvent = { name: string; subject_id: string; changes: { key: string; to: unknown }[] };

/** The events of a tenant in order, of one name or all. */
export const eventsOf = (hub: Hub, tenantId: string, name?: string): Promise<LoggedEvent[]> =>
  hub.running.database.session(tenantId, (session) =>
    session.ask<LoggedEvent>({
      text: `select * from events where $1::text is null or name = $1 order by seq`,
      values: [name ?? null],
    }),
  );
