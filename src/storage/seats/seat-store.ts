import { StaleWrite } from '../../domain/errors.ts';
import type { Policy } from '../../domain/policy.ts';
import type { SeatStore } from '../../domain/seats/seat-store.ts';
import type { Session, Statement } from '../database.ts';
import { eventColumns, eventParams, eventValues, ownTransaction } from '../events/event-statement.ts';
import { keepingApplied, raising } from '../rules/raise-policy.ts';
import { type PersonRow, personOf, sourcesOfPerson } from '../users/person-rows.ts';

/** Only locks, and reads what stands then: whoever waited for it sees what was committed meanwhile. */
const lock: Statement = {
  name: 'lock-seats',
  text: `select seat_limit as "limit", seats_used as used from tenants where id = $1 for update`,
};

const oldestParked: Statement = {
  name: 'oldest-parked',
  text: `
select u.*, ${sourcesOfPerson} from users u
where u.tenant_id = $1 and u.status = 'PARKED' order by u.status_at, u.id limit 1 for update of u skip locked`,
};

const unseated: Statement = {
  name: 'unseated-members',
  text: `
select u.*, ${sourcesOfPerson} from users u
where u.tenant_id = $1 and u.kind = 'MEMBER' and u.status in ('ACTIVE', 'INVITED') and not u.seated
order by u.id limit $2 for update of u skip locked`,
};

/** What was counted before counts on; from no limit to one, nobody has counted. */
const setLimit: Statement = {
  name: 'set-seat-limit',
  text: `
with written as (${raising(`seat_limit = $3, seats_used = case when $3::int is null or seat_limit is null then null else seats_used end,
    ${keepingApplied()}`)}
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(4)} from written
)
select count(*)::int as written, ${ownTransaction} from written`,
};

/** Under the lock, by a statement of its own. */
const count: Statement = {
  name: 'count-seats',
  text: `
update tenants set seats_used = (select count(*) from users where tenant_id = $1 and seated)
where id = $1 and seat_limit is not null and seats_used is null`,
};

/** Seats of one tenant, through one session. */
export const seatStore = (session: Session, tenantId: string, policy: () => Policy): SeatStore => ({
  async lock() {
    const [row] = await session.run<{ limit: number | null; used: number | null }>(lock, [tenantId]);
    const { limit, used } = row!;
    if (limit === null) return null;
    if (used !== null) return { limit, used };
    await session.run(count, [tenantId]);
    const [counted] = await session.run<{ used: number }>(lock, [tenantId]);
    return { limit, used: counted!.used };
  },
  async oldestParked() {
    const [row] = await session.run<PersonRow>(oldestParked, [tenantId]);
    return row ? personOf(row, policy()) : null;
  },
  async unseated(most) {
    const rows = await session.run<PersonRow>(unseated, [tenantId, most]);
    return rows.map((row) => personOf(row, policy()));
  },
  async setLimit(limit, version, event) {
    const values = [tenantId, version, limit, ...eventValues(event)];
    const [row] = await session.run<{ written: number }>(setLimit, values);
    if (row!.written === 0) throw new StaleWrite();
  },
  async count() {
    await session.run(lock, [tenantId]);
    await session.run(count, [tenantId]);
  },
});
