import type { Directory, DirectoryStore } from '../../domain/directories/directory-store.ts';
import { StaleWrite } from '../../domain/errors.ts';
import { policyOver } from '../../domain/presets/presets.ts';
import { refusingDuplicates } from '../constraints.ts';
import type { Session, Statement } from '../database.ts';
import { eventColumns, eventParams, eventValues, insertEvent, ownTransaction } from '../events/event-statement.ts';
import { keepingApplied, raising } from '../rules/raise-policy.ts';

const find: Statement = {
  name: 'find-directory',
  text: `
select id, name, preset, state, policy, created_at as "createdAt", disconnect_plan as disconnecting
from directories where tenant_id = $1 and id = $2`,
};

const insert: Statement = {
  name: 'insert-directory',
  text: `
with written as (
  insert into directories (tenant_id, id, name, preset, state, policy, created_at) values ($1, $2, $3, $4, $5, $6, $7)
), watched as (
  insert into directory_health (tenant_id, directory_id, look_at) values ($1, $2, now() + interval '1 minute')
), raised as (${raising(keepingApplied(), 'true')})
insert into events (tenant_id, ${eventColumns.join(', ')}) values ($1, ${eventParams(8)})`,
};

const savePolicy: Statement = {
  name: 'save-directory-policy',
  text: `
with raised as (${raising(keepingApplied())}), written as (
  update directories set policy = $4, state = $5 from raised where tenant_id = $1 and id = $3 returning 1
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(6)} from written
)
select count(*)::int as written, ${ownTransaction} from written`,
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

/** A directory of its row: a switch that is younger than the row has the preset's value. */
export const directoryOf = (row: Directory): Directory => ({ ...row, policy: policyOver(row.preset, row.policy) });

/** Directories of one tenant, through one session. */
export const directoryStore = (session: Session, tenantId: string): DirectoryStore => ({
  async find(id) {
    const [row] = await session.run<Directory>(find, [tenantId, id]);
    return row ? directoryOf(row) : null;
  },
  async insert({ id, name, preset, state, policy, createdAt }, event) {
    const values = [id, name, preset, state, JSON.stringify(policy), createdAt, ...eventValues(event)];
    await session.run(insert, [tenantId, ...values]);
  },
  async savePolicy({ id, policy, state }, version, event) {
    const values = [tenantId, version, id, JSON.stringify(policy), state, ...eventValues(event)];
    const [row] = await session.run<{ written: number }>(savePolicy, values);
    if (row!.written === 0) throw new StaleWrite();
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
