import type { SeatReader, SeatUsage } from '../../domain/seats/seat-store.ts';
import type { Database, Statement } from '../database.ts';

const usage: Statement = {
  name: 'seat-usage',
  text: `
select t.seat_limit as "limit",
  coalesce(t.seats_used, (select count(*)::int from users u where u.tenant_id = $1 and u.seated)) as used,
  (select count(*)::int from users u where u.tenant_id = $1 and u.status = 'PARKED') as parked
from tenants t where t.id = $1`,
};

/** How the seats of a tenant stand. */
export const seatReader = (database: Database): SeatReader => ({
  usage: async (tenantId) =>
    (await database.session(tenantId, (session) => session.run<SeatUsage>(usage, [tenantId])))[0]!,
});
