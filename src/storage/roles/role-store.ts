import { StaleWrite } from '../../domain/errors.ts';
import type { NewEvent } from '../../domain/event.ts';
import type { Role } from '../../domain/roles/role.ts';
import type { RoleStore, Versioned } from '../../domain/roles/role-store.ts';
import { refusingDuplicates } from '../constraints.ts';
import type { Session, Statement } from '../database.ts';
import { eventValues, insertEvent } from '../events/event-statement.ts';
import { settleKinds } from './kind-statement.ts';
import { activeOwners, isOwner, keepOwners, lockOwnerRole, noteKept } from './owner-statements.ts';
import * as statements from './role-statements.ts';

type Id = { id: string };

/** The roles of one tenant, through one session. */
export function roleStore(session: Session, tenantId: string): RoleStore {
  const run = (statement: Statement, ...values: unknown[]) => session.run(statement, [tenantId, ...values]);
  const ids = async (statement: Statement, ...values: unknown[]) =>
    (await session.run<Id>(statement, [tenantId, ...values])).map(({ id }) => id);
  const change = async (statement: Statement, person: Versioned, values: unknown[], event: NewEvent) => {
    if ((await run(statement, ...values)).length === 0) return false;
    const raised = await run(statements.raisePerson, person.id, person.version, ...eventValues(event));
    if (raised.length === 0) throw new StaleWrite();
    return true;
  };
  return {
    find: async (id) => (await session.run<Role>(statements.findRole, [tenantId, id]))[0] ?? null,
    byKey: async (key) => (await session.run<Role>(statements.roleByKey, [tenantId, key]))[0] ?? null,
    async insert({ id, key, name, description }, event) {
      await refusingDuplicates(() => run(statements.insertRole, id, key, name, description, ...eventValues(event)));
    },
    async save({ id, name, description }, event) {
      await run(statements.updateRole, id, name, description, ...eventValues(event));
    },
    async remove({ id }, event, { at, actor, requestId, changes }) {
      await run(statements.lockRole, id);
      if ((await run(statements.ruleOfRole, id)).length > 0) return false;
      await run(statements.revokeAll, id, at, actor, requestId, JSON.stringify(changes));
      await run(statements.removeRole, id);
      await run(insertEvent, ...eventValues(event));
      return true;
    },
    grant: (person, role, event) =>
      change(statements.insertGrant, person, [person.id, role.id, event.actor, event.at], event),
    revoke: (person, role, event) => change(statements.deleteGrant, person, [person.id, role.id], event),
    unknownGroups: (groups) => ids(statements.unknownGroups, groups),
    async saveRules(rules, pending, { version }, event) {
      const groups = rules.map(({ groupId }) => groupId).filter((id) => id !== null);
      if ((await run(statements.raisePolicy, version, pending)).length === 0) throw new StaleWrite();
      await run(statements.lockGroups, groups);
      await run(statements.clearRules);
      await run(statements.insertRules, JSON.stringify(rules.map((rule, position) => ({ ...rule, position }))));
      await run(statements.markGroups, groups);
      await run(insertEvent, ...eventValues(event));
    },
    groupsOf: (userId) => ids(statements.ruledGroupsOf, userId),
    async settleKinds(userIds, { at, actor, requestId, cause = null }) {
      for (let left = 1; left > 0; ) {
        const [row] = await session.run<{ left: number }>(settleKinds, [
          tenantId,
          userIds,
          at,
          actor,
          requestId,
          cause,
        ]);
        left = row!.left;
      }
    },
    isOwner: async (userId) => (await run(isOwner, userId)).length > 0,
    async lockOwners() {
      await run(lockOwnerRole);
      return ids(activeOwners, null);
    },
    owners: (exceptOf) => ids(activeOwners, exceptOf ?? null),
    async keepOwners(userIds, { at, actor, requestId }) {
      await run(keepOwners, userIds, at, actor, requestId);
    },
    async noteKept(event) {
      await run(noteKept, ...eventValues(event));
    },
  };
}
