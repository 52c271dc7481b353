import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/domain/command.ts';
import { HubError } from '../../src/domain/errors.ts';
import { event } from '../../src/domain/event.ts';
import { wireId } from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import { effective } from '../../src/domain/ownership.ts';
import { ruleOf } from '../../src/domain/policy.ts';
import { applyFieldRules } from '../../src/domain/rules/apply-field-rules.ts';
import { previewFieldRules } from '../../src/domain/rules/preview-field-rules.ts';
import { changeProvisionedUser } from '../../src/domain/users/change-provisioned-user.ts';
import { updateUser } from '../../src/domain/users/update-user.ts';
import { userRecord } from '../../src/scim/resource/record.ts';
import { type Company, openRuleStage, type RuleStage } from './rule-stage.ts';

let stage: RuleStage;
beforeAll(async () => {
  stage = await openRuleStage();
});
afterAll(() => stage?.close());

const PEOPLE = 20;

async function companyOfTitles() {
  const company = await stage.newCompany();
  const ids: string[] = [];
  for (let number = 0; number < PEOPLE; number++) {
    ids.push(
      await stage.addPerson(company, `p${number}`, [
        { by: 'person', key: 'title', value: 'own' },
        { by: 0, key: 'title', value: 'theirs' },
      ]),
    );
  }
  return { company, ids };
}

const ignoreLock = (error: unknown) => {
  if (!(error instanceof HubError) || error.code !== 'FIELD_LOCKED') throw error;
};

/** Writes a title as the person, as the directory, or something else, each through one of the hubs. */
async function writeNow(company: Company, uuid: string, number: number, what: 'title' | 'department') {
  const id = wireId('usr', uuid);
  const hub = stage.hubs[number % 2]!;
  await pause((number * 7) % 25);
  if (what === 'department') await run(hub, company.admin, updateUser, { id, values: { department: `D${number}` } });
  else if (number % 3 === 0)
    await run(hub, company.admin, updateUser, { id, values: { title: `own ${number}` } }).catch(ignoreLock);
  else
    await run(hub, company.asDirectory(0), changeProvisionedUser, {
      id,
      change: (before) => userRecord({ ...before, title: `theirs ${number}` }, before),
    });
}

type Logged = { name: string; subject: string; changes: { key: string; from: Json; to: Json; shadow?: true }[] };

/** What happened to titles from that place in the log on, in order. */
const logFrom = (company: Company, xact: string) =>
  stage.ask<Logged>(
    company.tenantId,
    `select name, subject_id as subject, changes from events
     where tenant_id = $1 and xact >= $2::bigint and name in ('rules.updated', 'user.updated') order by xact, seq`,
    [company.tenantId, xact],
  );

async function placeInLog(company: Company): Promise<string> {
  const [row] = await stage.ask<{ place: string }>(
    company.tenantId,
    'select pg_snapshot_xmin(pg_current_snapshot())::text as place',
  );
  return row!.place;
}

test('DY9 while two processes write, a preview is applied as it was shown, or not at all', async () => {
  const { company, ids } = await companyOfTitles();
  const outcomes: string[] = [];
  for (let round = 0; round < 30; round++) {
    const sourceOfTruth = (['USER', 'LATEST', 'DIRECTORY'] as const)[round % 3]!;
    const what = round % 4 === 0 ? 'department' : 'title';
    const place = await placeInLog(company);
    const shown = await previewFieldRules(stage.hubs[0], company.admin, { rules: [{ key: 'title', sourceOfTruth }] });
    const before = await stage.people(company, ['title']);
    const applying = applyFieldRules(stage.hubs[round % 2]!, company.admin, shown.token).then(
      ({ usersChanged }) => `changed ${usersChanged}`,
      (error) => (error as HubError).code,
    );
    const some = ids.filter((_, index) => index % 4 === round % 4);
    const [outcome] = await Promise.all([
      applying,
      ...some.map((id, index) => writeNow(company, id, round * 10 + index, what)),
    ]);
    outcomes.push(outcome);
    const log = await logFrom(company, place);
    const commit = log.findIndex(({ name }) => name === 'rules.updated');
    const policy = await stage.hubs[0].storage.policy(company.tenantId, true);
    if (outcome === 'STALE_PREVIEW') expect(commit).toBe(-1);
    else expect(ruleOf(policy, 'title').sourceOfTruth).toBe(sourceOfTruth);
    if (what === 'department') expect(outcome).toBe(`changed ${shown.usersChanged}`);

    // What a title was when the rules were written: every write that came before was computed by the old ones.
    const titles = new Map(before.map(({ id, values }) => [id, values.title]));
    for (const { subject, changes } of log.slice(0, Math.max(commit, 0))) {
      for (const { key, to, shadow } of changes) if (key === 'title' && !shadow) titles.set(subject, to);
    }
    if (commit >= 0) for (const { userId, from } of shown.sample) expect(titles.get(userId)).toBe(from);
    for (const { values, sources } of await stage.people(company, ['title'])) {
      expect(values.title).toEqual(effective(ruleOf(policy, 'title'), 'title', sources));
    }
  }
  expect(outcomes.filter((outcome) => outcome.startsWith('changed')).length).toBeGreaterThanOrEqual(8);
});

test('a fence whose maker does not come back holds writers up for a second at most, and its maker then writes nothing', async () => {
  const { company, ids } = await companyOfTitles();
  const { version } = await stage.hubs[0].storage.policy(company.tenantId, true);
  const open = <T>(work: Parameters<(typeof stage.hubs)[0]['storage']['open']>[2]) =>
    stage.hubs[0].storage.open(company.tenantId, 'statement', work) as Promise<T>;
  const fenced = await open<number>((tx) => tx.rules.fence(version));
  await run(stage.hubs[1], company.admin, updateUser, { id: wireId('usr', ids[0]!), values: { department: 'after' } });
  const policy = await stage.hubs[1].storage.policy(company.tenantId, true);
  expect(policy.version).toBe(fenced + 1);
  expect(policy.rules).toEqual(new Map());
  const change = {
    rules: new Map([['title', { ...ruleOf(policy, 'title'), sourceOfTruth: 'USER' as const, version: 1 }]]),
    keys: ['title'],
    before: { ...policy, version },
    event: event(
      { actor: 'test', requestId: null, at: new Date().toISOString() },
      'rules.updated',
      'tnt',
      company.tenantId,
    ),
  };
  await expect(open((tx) => tx.rules.save(change, fenced))).rejects.toThrow();
  const [row] = await stage.ask<{ pending: boolean; rules: string }>(
    company.tenantId,
    `select applied_policy_version < policy_version as pending, (select count(*) from field_rules) as rules from tenants`,
  );
  expect(row).toEqual({ pending: false, rules: '0' });
});
