import { setTimeout as pause } from 'node:timers/promises';
import { StaleWrite } from '../../domain/errors.ts';
import type { Policy } from '../../domain/policy.ts';
import type { RuleStore } from '../../domain/rules/rule-store.ts';
import type { RuleWork } from '../../domain/rules/rule-work.ts';
import type { Session, Statement } from '../database.ts';
import { eventValuesOrNone } from '../events/event-statement.ts';
import { changeValues, saveRules } from './change-statement.ts';
import { readContested, rivalled } from './contested-rows.ts';
import { liftFence, raiseFence, writers, writersLeft } from './fence-statements.ts';
import { advanceWork, finishWork, startWork, workOf } from './work-statements.ts';
import { writeRecomputed } from './write-recomputed.ts';

const horizon: Statement = {
  name: 'log-horizon',
  text: 'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
};

const writtenSince: Statement = {
  name: 'written-since',
  text: `
select distinct subject_id as id from events
where tenant_id = $1 and xact >= $2::bigint and subject_kind = 'usr'`,
};

type Running = { running: string[] };
type Version = { version: number };

/** The tenant's rules, through one session. */
export const ruleStore = (session: Session, tenantId: string, policy: () => Policy): RuleStore => ({
  async save(change, version) {
    one(await session.run<Version>(saveRules, [tenantId, version, ...changeValues(change)]));
  },
  async settleOlderWrites(milliseconds) {
    const until = Date.now() + milliseconds;
    let [{ running }] = (await session.run<Running>(writers, [])) as [Running];
    while (running.length > 0 && Date.now() < until) {
      await pause(2);
      [{ running }] = (await session.run<Running>(writersLeft, [running])) as [Running];
    }
    return running.length === 0;
  },
  fence: async (version) => one(await session.run<Version>(raiseFence, [tenantId, version])).version,
  lift: async (version) => one(await session.run<Version>(liftFence, [tenantId, version])).version,
  horizon: async () => one(await session.run<{ horizon: string }>(horizon, [])).horizon,
  writtenSince: async (since) =>
    (await session.run<{ id: string }>(writtenSince, [tenantId, since])).map(({ id }) => id),
  rivalled: (keys) => rivalled(session, tenantId, keys),
  contested: (after, limit, keys) => readContested(session, tenantId, { after, limit }, keys, policy()),
  contestedAmong: (ids, keys) => readContested(session, tenantId, { ids }, keys, policy()),
  write: (people, work, at, origin) => writeRecomputed(session, tenantId, people, work, at, origin),
  startWork: async (at) => one(await session.run<RuleWork>(startWork, [tenantId, at])),
  async advance(work, last, examined, event) {
    const values = [tenantId, work.version, work.last, last, examined, ...eventValuesOrNone(event)];
    return (await session.run<RuleWork>(advanceWork, values))[0] ?? (await workAt(session, tenantId, work));
  },
  async finish(work, at, event) {
    const values = [tenantId, work.version, at, ...eventValuesOrNone(event)];
    return (await session.run<RuleWork>(finishWork, values))[0] ?? (await workAt(session, tenantId, work));
  },
});

const workAt = async (session: Session, tenantId: string, { version }: RuleWork): Promise<RuleWork> =>
  one(await session.run<RuleWork>(workOf, [tenantId, version]));

/** The row; where there is none, what was read no longer stands. */
function one<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (!row) throw new StaleWrite();
  return row;
}
