import type { Directory, DirectoryStore } from '../../domain/directories/directory-store.ts';
import { refusingDuplicates } from '../constraints.ts';
import type { Session, Statement } from '../database.ts';
import { eventColumns, eventParams, eventValues, insertEvent } from '../events/event-statement.ts';

const find: Statement = {
  name: 'find-directory',
  text: `
select id, name, preset, state, created_at as "createdAt", disconnect_plan as disconnecting
from directories where tenant_id = $1 and id = $2`,
};

const insert: Statement = {
  name: 'insert-directory',
  text: `
with written as (
  insert into directories (tenant_id, id, name, preset, state, created_at) values ($1, $2, $3, $4, $5, $6)
)
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(7)})`,
};

const holds: Statement = {
  name: 'directory-holds',
  text: `
select 1 as one from user_sources where tenant_id = $1 and directory_id = $2 and external_id = $3 and ended_at is null`,
};

const expected: Statement = {
  name: 'expected-link',
  text: `
select external_id as "externalId" from expected_links where tenant_id = $1 and directory_id = $2 and user_id = $3`,
};

const forgetExpected: Statement = {
  name: 'forget-expected-link',
  text: `
delete from expected_links e where e.tenant_id = $1 and e.directory_id = $2 and (e.user_id = $3 or e.external_id = $4
  and exists (select 1 from users u where u.tenant_id = $1 and u.id = e.user_id and u.status = 'DELETED'))`,
};

const expect: Statement = {
  name: 'expect-link',
  text: `
insert into expected_links (tenant_id, directory_id, user_id, external_id, created_by, created_at)
values ($1, $2, $3, $4, $5, $6)`,
};

/** Directories of one tenant, through one session. */
export const directoryStore = (session: Session, tenantId: string): DirectoryStore => ({
  async find(id) {
    const [row] = await session.run<Directory>(find, [tenantId, id]);
    return row ?? null;
  },
  async insert({ id, name, preset, state, createdAt }, event) {
    await session.run(insert, [tenantId, id, name, preset, state, createdAt, ...eventValues(event)]);
  },
  async holds(directoryId, externalId) {
    return (await session.run(holds, [tenantId, directoryId, externalId])).length > 0;
  },
  async expected(directoryId, userId) {
    const [row] = await session.run<{ externalId: string }>(expected, [tenantId, directoryId, userId]);
    return row?.externalId ?? null;
  },
  async expect({ directoryId, userId, externalId, createdBy }, event) {
    await session.run(forgetExpected, [tenantId, directoryId, userId, externalId]);
    if (externalId !== null) {
      const values = [tenantId, directoryId, userId, externalId, createdBy, event.at];
      await refusingDuplicates(() => session.run(expect, values));
    }
    await session.run(insertEvent, [tenantId, ...eventValues(event)]);
  },
});
