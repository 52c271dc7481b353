import { setTimeout as pause } from 'node:timers/promises';
import { StaleWrite } from '../../domain/errors.ts';
import type { Policy } from '../../domain/policy.ts';
import type { RuleStore } from '../../domain/rules/rule-store.ts';
import type { Session, Statement } from '../database.ts';
import { eventValues, insertEvent } from '../events/event-statement.ts';
import { type PersonRow, personOf, sourcesOfPerson } from '../users/person-rows.ts';

const raisePolicy: Statement = {
  name: 'raise-policy',
  text: `update tenants set policy_version = policy_version + 1 where id = $1 and policy_version = $2 returning 1`,
};

const putRule: Statement = {
  name: 'put-rule',
  text: `
insert into field_rules (tenant_id, field, source_of_truth, editable_by, directories, version, updated_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (tenant_id, field) do update set source_of_truth = excluded.source_of_truth,
  editable_by = excluded.editable_by, directories = excluded.directories, version = excluded.version,
  updated_at = excluded.updated_at`,
};

const olderWrites: Statement = {
  name: 'older-writes',
  text: `
select count(*)::int as running from pg_stat_activity
where datname = current_database() and usename = session_user and pid <> pg_backend_pid()
  and state <> 'idle' and xact_start < $1`,
};

/** People with more than one source, whose values may depend on a rule; locked in id order. */
const lockContested: Statement = {
  name: 'lock-contested',
  text: `
select u.id from users u
where u.tenant_id = $1 and u.id in (
  select s.user_id from user_sources s
  join users p on p.tenant_id = $1 and p.id = s.user_id and p.status <> 'DELETED'
  where s.tenant_id = $1 and s.user_id > $2 and s.ended_at is null
  group by s.user_id having count(*) > 1 order by s.user_id limit $3)
order by u.id for update of u`,
};

/** Read after the lock, by a statement of its own: the one that waited would see the sources as they were before. */
const readPeople: Statement = {
  name: 'read-people',
  text: `select u.*, ${sourcesOfPerson} from users u where u.tenant_id = $1 and u.id = any($2) order by u.id`,
};

const markApplied: Statement = {
  name: 'mark-applied',
  text: 'update tenants set applied_policy_version = $2 where id = $1 and policy_version = $2',
};

const FIRST = '00000000-0000-0000-0000-000000000000';
const LONGEST_WAIT_MS = 30_000;

/** The tenant's rules, through one session. */
export const ruleStore = (session: Session, tenantId: string, policy: () => Policy): RuleStore => ({
  async save(rules, { version }, event) {
    const raised = await session.run(raisePolicy, [tenantId, version]);
    if (raised.length === 0) throw new StaleWrite();
    for (const [key, rule] of rules) {
      const { sourceOfTruth, editableBy, directories } = rule;
      await session.run(putRule, [tenantId, key, sourceOfTruth, editableBy, directories, rule.version, event.at]);
    }
    await session.run(insertEvent, [tenantId, ...eventValues(event)]);
  },
  async settleOlderWrites() {
    const [{ now }] = (await session.ask<{ now: string }>({ text: 'select clock_timestamp() as now', values: [] })) as [
      { now: string },
    ];
    const until = Date.now() + LONGEST_WAIT_MS;
    while ((await session.run<{ running: number }>(olderWrites, [now]))[0]!.running > 0) {
      if (Date.now() > until) throw new Error('Writes from before the rule change are still running.');
      await pause(5);
    }
  },
  async lockContested(after, limit) {
    const locked = await session.run<{ id: string }>(lockContested, [tenantId, after ?? FIRST, limit]);
    const rows = await session.run<PersonRow>(readPeople, [tenantId, locked.map(({ id }) => id)]);
    return rows.map((row) => personOf(row, policy()));
  },
  async markApplied(version) {
    await session.run(markApplied, [tenantId, version]);
  },
});
