import type { EventPlace } from '../../domain/events/event-reader.ts';
import type { LogHead } from '../../domain/events/log-head.ts';
import { type Database, NO_TENANT, type Statement } from '../database.ts';

const horizon: Statement = {
  name: 'log-horizon',
  text: 'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
};

/** One step from the end of the primary key. */
const newest: Statement = {
  name: 'log-newest',
  text: `
select xact, seq from events
where tenant_id = $1 and xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
order by xact desc, seq desc limit 1`,
};

/** The ends of the logs in that database. */
export const logHead = (database: Database): LogHead => ({
  horizon: () =>
    database.session(NO_TENANT, async (session) => (await session.run<{ horizon: string }>(horizon, []))[0]!.horizon),
  newest: (tenantId) =>
    database.session(tenantId, async (session) => (await session.run<EventPlace>(newest, [tenantId]))[0] ?? null),
});
