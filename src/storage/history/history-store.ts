import type { EventRow } from '../../domain/events/event-reader.ts';
import type { HistoryStore, Trace, UndoableEvent } from '../../domain/history/history-store.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Session, Statement } from '../database.ts';
import { eventSelect, eventsByPlaces } from '../events/event-reader.ts';
import { type PersonRow, personOf, sourcesEndedAt } from '../users/person-rows.ts';
import { traceOfRequest, traceOfRun } from './trace-statements.ts';

const lockPerson: Statement = {
  name: 'lock-person',
  text: 'select 1 from users where tenant_id = $1 and id = $2 for no key update',
};

/** Read after the lock, by a statement of its own: what it waited for is then seen. */
const readPerson: Statement = {
  name: 'read-person-with-ended',
  text: `select u.*, ${sourcesEndedAt('$3::timestamptz[]')} from users u where u.tenant_id = $1 and u.id = $2`,
};

const since: Statement = {
  name: 'undoable-events-since',
  text: `
select * from (
  select ${eventSelect}, e.record from events e where e.tenant_id = $1 and e.subject_id = $2 and e.seq >= $3::bigint
  union all
  select ${eventSelect}, e.record from events e where e.tenant_id = $1 and e.object_id = $2 and e.seq >= $3::bigint
) own order by seq limit $4`,
};

const lastDeletion: Statement = {
  name: 'last-deletion',
  text: `
select ${eventSelect} from events e
where e.tenant_id = $1 and e.subject_id = $2 and e.name = 'user.deleted' order by e.seq desc limit 1`,
};

const directoryOfGroup: Statement = {
  name: 'directory-of-group',
  text: 'select directory_id as "directoryId" from directory_groups where tenant_id = $1 and id = $2',
};

/** The past of one tenant, through one session. */
export const historyStore = (session: Session, tenantId: string, policy: () => Policy): HistoryStore => {
  const trace = async (statement: Statement, id: string) => {
    const rows = await session.run<Trace | { id: null }>(statement, [tenantId, id]);
    return rows.length === 0 ? null : rows.filter((row): row is Trace => row.id !== null);
  };
  return {
    async event({ xact, seq }) {
      const [row] = await session.run<EventRow>(eventsByPlaces, [tenantId, [xact], [seq]]);
      return row ?? null;
    },
    async lock(userId, endedAt) {
      await session.run(lockPerson, [tenantId, userId]);
      const [row] = await session.run<PersonRow>(readPerson, [tenantId, userId, endedAt]);
      return row ? personOf(row, policy()) : null;
    },
    async lastDeletion(userId) {
      return (await session.run<EventRow>(lastDeletion, [tenantId, userId]))[0]!;
    },
    since: (userId, seq, most) => session.run<UndoableEvent>(since, [tenantId, userId, seq, most]),
    traceOfRequest: (id) => trace(traceOfRequest, id),
    traceOfRun: (id) => trace(traceOfRun, id),
    async directoryOfGroup(id) {
      const [row] = await session.run<{ directoryId: string }>(directoryOfGroup, [tenantId, id]);
      return row?.directoryId ?? null;
    },
  };
};
