import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { run } from '../../src/domain/command.ts';
import { createField } from '../../src/domain/fields/create-field.ts';
import { provisionUser } from '../../src/domain/users/provision-user.ts';
import { openHub } from '../../src/open-hub.ts';
import { userRecord } from '../../src/scim/resource/record.ts';
import { openTwoHubs, type TwoHubs } from '../support/two-hubs.ts';

let stage: TwoHubs;
let dataDir: string;
beforeAll(async () => {
  stage = await openTwoHubs();
  dataDir = await mkdtemp(join(tmpdir(), 'rollcall-resume-'));
});
afterAll(async () => {
  await stage?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Opens a hub on the database, which is all that a start does before it listens. */
async function start(): Promise<void> {
  const env = {
    DATABASE_URL: stage.url,
    ROLLCALL_DATA_DIR: dataDir,
    ROLLCALL_ADMIN_KEY: 'k'.repeat(32),
    ROLLCALL_SECRET: 's'.repeat(32),
  };
  const opened = await openHub(readConfig(env), () => {});
  await opened.close();
}

test('a start finishes what was interrupted for every tenant', async () => {
  const companies = await Promise.all([stage.newCompany(), stage.newCompany()]);
  for (const { tenantId, admin, connect } of companies) {
    const left = await connect('Left');
    const kept = await connect('Kept');
    for (const [call, userName] of [
      [left.call, 'left'],
      [kept.call, 'kept'],
    ] as const)
      await run(stage.hubs[0], call, provisionUser, { record: userRecord({ userName, badge: 'B-1' }, null) });
    await createField(stage.hubs[0], admin, { key: 'badge', label: 'Badge', type: 'STRING', scimPath: 'badge' });
    await stage.databases[0].session(tenantId, async (session) => {
      const ask = (text: string, values: unknown[] = []) => session.ask({ text, values });
      await ask(`update directories set state = 'DISCONNECTED', disconnect_plan = 'DEACTIVATE' where id = $1`, [
        left.id,
      ]);
      await ask(`update users set custom = null`);
      await ask(`update custom_fields set pending = true`);
    });
  }
  await start();
  for (const { tenantId } of companies) {
    const people = await stage.databases[0].session(tenantId, (session) =>
      session.ask({ text: `select user_name, status, custom->>'badge' as badge from users order by 1`, values: [] }),
    );
    expect(people).toEqual([
      { user_name: 'kept', status: 'ACTIVE', badge: 'B-1' },
      { user_name: 'left', status: 'DEACTIVATED', badge: 'B-1' },
    ]);
  }
});
