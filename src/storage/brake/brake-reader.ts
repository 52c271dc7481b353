import type { BrakeReader, BrakeRow } from '../../domain/brake/brake-store.ts';
import type { Database, Statement } from '../database.ts';

const SAMPLE = 20;

/** $1 tenant, $2 directories. */
const list: Statement = {
  name: 'list-brakes',
  text: `
select b.directory_id as "directoryId", b.tripped_at as "trippedAt", b.reason, b.most as "limit", b.decision,
  case when b.reason = 'LOSS' then b.losses else b.creates end as counted, h.*,
  (select count(*)::int from held_memberships m where m.tenant_id = $1 and m.directory_id = b.directory_id) as removals,
  array(select p.user_id from brake_people p
    where p.tenant_id = $1 and p.directory_id = b.directory_id and (p.kind = b.reason or p.held is not null)
    order by p.held is null, p.counted_at, p.user_id limit ${SAMPLE}) as sample
from brakes b cross join lateral (
  select count(*) filter (where p.held = 'DEACTIVATION')::int as deactivations,
    count(*) filter (where p.held = 'DELETION')::int as deletions, count(*) filter (where p.held = 'CREATE')::int as creates
  from brake_people p where p.tenant_id = $1 and p.directory_id = b.directory_id
) h
where b.tenant_id = $1 and b.directory_id = any($2::uuid[]) and b.tripped_at is not null`,
};

/** Brakes as rooms show them. */
export const brakeReader = (database: Database): BrakeReader => ({
  ofDirectories: (tenantId, ids) =>
    database.session(tenantId, (session) => session.run<BrakeRow>(list, [tenantId, ids])),
});
