import type { AdoptionReader, AdoptionRequest, AdoptionStore } from '../../domain/adoption/adoption-store.ts';
import type { Database, Session, Statement } from '../database.ts';
import { eventColumns, eventParams, eventValues, ownTransaction } from '../events/event-statement.ts';

const columns = `
id, directory_id as "directoryId", external_id as "externalId", user_name as "userName", email, user_id as "userId",
reason, asked_at as "askedAt", decision, decided_at as "decidedAt"`;

const find: Statement = {
  name: 'find-adoption-request',
  text: `select ${columns} from adoption_requests where tenant_id = $1 and id = $2 for update`,
};

const decided: Statement = {
  name: 'is-adoption-decided',
  text: `
select 1 as one from adoption_requests
where tenant_id = $1 and directory_id = $2 and external_id = $3 and decision is not null`,
};

const ask: Statement = {
  name: 'ask-adoption',
  text: `
with written as (
  insert into adoption_requests (tenant_id, id, directory_id, external_id, user_name, email, user_id, reason, asked_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(10)} from written
)
select count(*)::int as written, ${ownTransaction} from written`,
};

const decide: Statement = {
  name: 'decide-adoption',
  text: `
with written as (
  update adoption_requests set decision = $3, decided_at = $4
  where tenant_id = $1 and id = $2 and decision is null returning 1
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(4)} from written
)
select count(*)::int as written, ${ownTransaction} from written`,
};

/** What directories asked, through one session. */
export const adoptionStore = (session: Session, tenantId: string): AdoptionStore => ({
  async find(id) {
    return (await session.run<AdoptionRequest>(find, [tenantId, id]))[0] ?? null;
  },
  async isDecided(directoryId, externalId) {
    return (await session.run(decided, [tenantId, directoryId, externalId])).length > 0;
  },
  async ask({ id, directoryId, externalId, userName, email, userId, reason, askedAt }, event) {
    const values = [tenantId, id, directoryId, externalId, userName, email, userId, reason, askedAt];
    const [row] = await session.run<{ written: number }>(ask, [...values, ...eventValues(event)]);
    return row!.written > 0;
  },
  async decide(id, decision, event) {
    const [row] = await session.run<{ written: number }>(decide, [tenantId, id, decision, ...eventValues(event)]);
    return row!.written > 0;
  },
});

/** $2: only those that are open, or decided; null: all. */
const list: Statement = {
  name: 'list-adoption-requests',
  text: `
select ${columns} from adoption_requests
where tenant_id = $1 and ($2::boolean is null or (decision is null) = $2) order by id desc limit $3`,
};

/** What directories asked, as rooms list it. */
export const adoptionReader = (database: Database): AdoptionReader => ({
  list: (tenantId, open, most) =>
    database.session(tenantId, (session) => session.run<AdoptionRequest>(list, [tenantId, open, most])),
});
