import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Call, run } from '../../src/domain/command.ts';
import { HubError } from '../../src/domain/errors.ts';
import { uuidOf, wireId } from '../../src/domain/ids.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { effective, type Source } from '../../src/domain/ownership.ts';
import { ruleOf } from '../../src/domain/policy.ts';
import { recomputeAll, setFieldRules } from '../../src/domain/rules/set-field-rules.ts';
import { changeProvisionedUser } from '../../src/domain/users/change-provisioned-user.ts';
import { provisionUser } from '../../src/domain/users/provision-user.ts';
import { updateUser } from '../../src/domain/users/update-user.ts';
import { sourcesOfTruth } from '../../src/fields/rule.ts';
import { userRecord } from '../../src/scim/resource/record.ts';
import { tenantsWithPendingPolicy } from '../../src/storage/tenants.ts';
import { openTwoHubs, type TwoHubs } from '../support/two-hubs.ts';

let stage: TwoHubs;
let hubs: TwoHubs['hubs'];
let tenantId: string;
let admin: Call;
let directory: Call;

beforeAll(async () => {
  stage = await openTwoHubs();
  hubs = stage.hubs;
  const company = await stage.newCompany();
  ({ tenantId, admin } = company);
  directory = (await company.connect()).call;
});
afterAll(() => stage?.close());

const titled = (title: string) => (before: JsonObject) => userRecord({ ...before, title }, before);
const ignoreLock = (error: unknown) => {
  if (!(error instanceof HubError) || error.code !== 'FIELD_LOCKED') throw error;
};

type Row = { id: string; title: string | null; sources: Source[] };
const stored = (database: TwoHubs['databases'][number]) =>
  database.session(tenantId, (session) =>
    session.ask<Row>({
      text: `select u.id, u.title, (select jsonb_agg(jsonb_build_object('id', s.source_id, 'kind', s.kind, 'live', true,
        'asserted', s.asserted)) from user_sources s where s.user_id = u.id) as sources from users u`,
      values: [],
    }),
  );

test('rules that change while two processes write leave every value as the rule says', async () => {
  const people = await Promise.all(
    Array.from({ length: 30 }, (_, index) => {
      const resource = { userName: `p${index}`, title: 'first' };
      return run(hubs[index % 2]!, directory, provisionUser, { record: userRecord(resource, null) });
    }),
  );
  for (let round = 0; round < 6; round++) {
    const sourceOfTruth = sourcesOfTruth[(round + 1) % 3]!;
    await Promise.all([
      setFieldRules(hubs[round % 2]!, admin, { rules: [{ key: 'title', sourceOfTruth }] }),
      ...people.flatMap(({ id }, index) => [
        run(hubs[index % 2]!, directory, changeProvisionedUser, {
          id: wireId('usr', id),
          change: titled(`d${round}`),
        }),
        run(hubs[(index + 1) % 2]!, admin, updateUser, {
          id: wireId('usr', id),
          values: { title: `l${round}` },
        }).catch(ignoreLock),
      ]),
    ]);
    const policy = await hubs[0].storage.policy(tenantId, true);
    expect(ruleOf(policy, 'title').sourceOfTruth).toBe(sourceOfTruth);
    for (const { title, sources } of await stored(stage.databases[0])) {
      expect(title).toBe(effective(ruleOf(policy, 'title'), 'title', sources));
    }
  }
});

test('a rule change that was interrupted is known, and finished by the next start', async () => {
  const [person] = await stored(stage.databases[0]);
  expect(uuidOf('usr', wireId('usr', person!.id))).toBe(person!.id);
  await stage.databases[0].session(tenantId, (session) =>
    session.ask({ text: 'update tenants set policy_version = policy_version + 1', values: [] }),
  );
  await stage.databases[0].session(tenantId, (session) =>
    session.ask({ text: `update users set title = 'stale' where id = $1`, values: [person!.id] }),
  );
  expect(await tenantsWithPendingPolicy(stage.databases[0])).toEqual([tenantId]);
  expect(await recomputeAll(hubs[1], admin)).toBe(1);
  expect(await tenantsWithPendingPolicy(stage.databases[0])).toEqual([]);
  expect((await stored(stage.databases[0])).map(({ title }) => title)).not.toContain('stale');
});
