import type { Directory, DirectoryStore } from '../../domain/directories/directory-store.ts';
import type { Session, Statement } from '../database.ts';
import { eventColumns, eventParams, eventValues } from '../events/event-statement.ts';

const find: Statement = {
  name: 'find-directory',
  text: `select id, name, preset, state, created_at as "createdAt" from directories where tenant_id = $1 and id = $2`,
};

const insert: Statement = {
  name: 'insert-directory',
  text: `
with written as (
  insert into directories (tenant_id, id, name, preset, state, created_at) values ($1, $2, $3, $4, $5, $6)
)
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(7)})`,
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
});
