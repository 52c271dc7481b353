import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, scopes } from '../../src/domain/actor.ts';
import { type Hub as DomainHub, run } from '../../src/domain/command.ts';
import { createDirectory } from '../../src/domain/directories/create-directory.ts';
import { HubError } from '../../src/domain/errors.ts';
import { newId, uuidOf, wireId } from '../../src/domain/ids.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { effective, type Source } from '../../src/domain/ownership.ts';
import { ruleOf } from '../../src/domain/policy.ts';
import { recomputeAll, setFieldRules } from '../../src/domain/rules/set-field-rules.ts';
import { changeProvisionedUser } from '../../src/domain/users/change-provisioned-user.ts';
import { provisionUser } from '../../src/domain/users/provision-user.ts';
import { updateUser } from '../../src/domain/users/update-user.ts';
import { sourcesOfTruth } from '../../src/fields/rule.ts';
import { userRecord } from '../../src/scim/resource/record.ts';
import { Database } from '../../src/storage/database.ts';
import { APP_ROLE } from '../../src/storage/roles.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { ensureTenant, tenantsWithPendingPolicy } from '../../src/storage/tenants.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';

let holder: TestDatabase;
let databases: Database[];
let hubs: DomainHub[];
const tenantId = newId();
const admin: Actor = {
  kind: 'system',
  tenantId,
  id: wireId('tnt', tenantId),
  label: 'admin',
  scopes: new Set(scopes),
  directoryId: null,
};
let directory: Actor;
const as = (actor: Actor) => ({ actor, requestId: 'test' });

beforeAll(async () => {
  holder = await createDatabase();
  // Two processes, as far as their memory goes.
  databases = [new Database(holder.url, APP_ROLE), new Database(holder.url, APP_ROLE)];
  hubs = databases.map((database) => ({ storage: openStorage(database), seal: () => Buffer.alloc(32) }));
  await ensureTenant(databases[0]!, tenantId, 'Race');
  const made = await run(hubs[0]!, as(admin), createDirectory, { name: 'Entra', preset: 'ENTRA_STANDARD' });
  directory = {
    ...admin,
    kind: 'directory',
    id: wireId('dir', made.id),
    scopes: new Set(['provision']),
    directoryId: made.id,
  };
});
afterAll(async () => {
  await Promise.all((databases ?? []).map((database) => database.close()));
  await holder?.drop();
});

const titled = (title: string) => (before: JsonObject) => userRecord({ ...before, title }, before);
const ignoreLock = (error: unknown) => {
  if (!(error instanceof HubError) || error.code !== 'FIELD_LOCKED') throw error;
};

type Row = { id: string; title: string | null; sources: Source[] };
const stored = (database: Database) =>
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
      return run(hubs[index % 2]!, as(directory), provisionUser, { record: userRecord(resource, null) });
    }),
  );
  for (let round = 0; round < 6; round++) {
    const sourceOfTruth = sourcesOfTruth[(round + 1) % 3]!;
    await Promise.all([
      setFieldRules(hubs[round % 2]!, as(admin), { rules: [{ key: 'title', sourceOfTruth }] }),
      ...people.flatMap(({ id }, index) => [
        run(hubs[index % 2]!, as(directory), changeProvisionedUser, {
          id: wireId('usr', id),
          change: titled(`d${round}`),
        }),
        run(hubs[(index + 1) % 2]!, as(admin), updateUser, {
          id: wireId('usr', id),
          values: { title: `l${round}` },
        }).catch(ignoreLock),
      ]),
    ]);
    const policy = await hubs[0]!.storage.policy(tenantId, true);
    expect(ruleOf(policy, 'title').sourceOfTruth).toBe(sourceOfTruth);
    for (const { title, sources } of await stored(databases[0]!)) {
      expect(title).toBe(effective(ruleOf(policy, 'title'), 'title', sources));
    }
  }
});

test('a rule change that was interrupted is known, and finished by the next start', async () => {
  const [person] = await stored(databases[0]!);
  expect(uuidOf('usr', wireId('usr', person!.id))).toBe(person!.id);
  await databases[0]!.session(tenantId, (session) =>
    session.ask({ text: 'update tenants set policy_version = policy_version + 1', values: [] }),
  );
  await databases[0]!.session(tenantId, (session) =>
    session.ask({ text: `update users set title = 'stale' where id = $1`, values: [person!.id] }),
  );
  expect(await tenantsWithPendingPolicy(databases[0]!)).toEqual([tenantId]);
  expect(await recomputeAll(hubs[1]!, as(admin))).toBe(1);
  expect(await tenantsWithPendingPolicy(databases[0]!)).toEqual([]);
  expect((await stored(databases[0]!)).map(({ title }) => title)).not.toContain('stale');
});
