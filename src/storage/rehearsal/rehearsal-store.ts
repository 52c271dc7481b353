import { setTimeout as pause } from 'node:timers/promises';
import type { UserRecord } from '../../domain/directories/record.ts';
import { StaleWrite } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Cell } from '../../domain/ownership.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Rehearsal } from '../../domain/rehearsal/rehearsal.ts';
import type { RehearsalStore } from '../../domain/rehearsal/rehearsal-store.ts';
import { isUserFieldKey } from '../../fields/user.fields.ts';
import type { Session } from '../database.ts';
import { eventValues, insertEvent } from '../events/event-statement.ts';
import * as statements from './rehearsal-statements.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';
const POLL_MS = 2;

type Running = { running: string[] };
type PersonRow = Omit<UserRecord, 'values'> & { id: string; asserted: Record<string, Cell> };
type GroupRow = { id: string; externalId: string | null; displayName: string; resource: JsonObject; members: string[] };

/** Rehearsals of one tenant, through one session. */
export function rehearsalStore(session: Session, tenantId: string): RehearsalStore {
  const raise = async ({ version }: Policy) => {
    const raised = await session.run(statements.raiseUnchanged, [tenantId, version]);
    if (raised.length === 0) throw new StaleWrite();
  };
  const setState = async (directoryId: string, state: string) => {
    const changed = await session.run(statements.setState, [tenantId, directoryId, state]);
    if (changed.length === 0) throw new StaleWrite();
  };
  return {
    async lock(directoryId) {
      return (await session.run<Rehearsal>(statements.lockRehearsal, [tenantId, directoryId]))[0] ?? null;
    },
    async begin({ directoryId, shadowId, phase, stateBefore, startedAt }, startedBy, policy, event) {
      await raise(policy);
      await setState(directoryId, 'REHEARSAL');
      const values = [tenantId, directoryId, shadowId, phase, stateBefore, startedBy, startedAt];
      await session.run(statements.insertRehearsal, values);
      await session.run(insertEvent, [tenantId, ...eventValues(event)]);
    },
    async settleWrites(milliseconds) {
      const until = Date.now() + milliseconds;
      let [{ running }] = (await session.run<Running>(statements.writers, [])) as [Running];
      while (running.length > 0 && Date.now() < until) {
        await pause(POLL_MS);
        [{ running }] = (await session.run<Running>(statements.writersLeft, [running])) as [Running];
      }
      return running.length === 0;
    },
    renew: async (directoryId, shadowId) =>
      (await session.run(statements.renew, [tenantId, directoryId, shadowId])).length > 0,
    async open(directoryId, shadowId, event) {
      const opened = await session.run(statements.open, [tenantId, directoryId, shadowId]);
      if (opened.length > 0) await session.run(insertEvent, [tenantId, ...eventValues(event)]);
      return opened.length > 0;
    },
    async accept({ directoryId }, policy, event) {
      await raise(policy);
      await setState(directoryId, 'ACTIVE');
      await session.run(statements.accept, [tenantId, directoryId]);
      await session.run(insertEvent, [tenantId, ...eventValues(event)]);
    },
    async freeze(directoryId, policy) {
      await raise(policy);
      await setState(directoryId, 'REHEARSAL');
    },
    async touched({ openedXact }, kind, after, limit) {
      const statement = kind === 'usr' ? statements.touchedPeople : statements.touchedGroups;
      const rows = await session.run<{ id: string }>(statement, [tenantId, openedXact, after ?? FIRST, limit]);
      return rows.map(({ id }) => id);
    },
    async shadows() {
      return (await session.run<{ id: string }>(statements.listShadows, [tenantId])).map(({ id }) => id);
    },
    isErased: async (userId) => (await session.run(statements.wasErased, [tenantId, userId])).length > 0,
    async people(directoryId, ids) {
      const rows = await session.run<PersonRow>(statements.readPeople, [tenantId, directoryId, ids]);
      return rows.map(({ id, asserted, ...record }) => ({ id, record: { ...record, values: valuesOf(asserted) } }));
    },
    async groups(directoryId, ids) {
      const rows = await session.run<GroupRow>(statements.readGroups, [tenantId, directoryId, ids]);
      return rows.map(({ id, members, ...record }) => ({ id, members, record }));
    },
    async end({ directoryId, shadowId }, state, policy, events) {
      await raise(policy);
      if (state) await setState(directoryId, state);
      const ended = await session.run(statements.end, [tenantId, directoryId, shadowId]);
      if (ended.length === 0) throw new StaleWrite();
      for (const event of events) await session.run(insertEvent, [tenantId, ...eventValues(event)]);
    },
  };
}

/** Values of the hub's own fields; those of a tenant's follow from the record. */
const valuesOf = (asserted: Record<string, Cell>): UserRecord['values'] =>
  Object.fromEntries(
    Object.entries(asserted)
      .filter(([key]) => isUserFieldKey(key))
      .map(([key, { value }]) => [key, value]),
  );
