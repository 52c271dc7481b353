import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, scopes } from '../../src/domain/actor.ts';
import { type Hub as DomainHub, run } from '../../src/domain/command.ts';
import { createDirectory } from '../../src/domain/directories/create-directory.ts';
import { createField } from '../../src/domain/fields/create-field.ts';
import { updateField } from '../../src/domain/fields/update-field.ts';
import { newId, wireId } from '../../src/domain/ids.ts';
import { changeProvisionedUser } from '../../src/domain/users/change-provisioned-user.ts';
import { createUser } from '../../src/domain/users/create-user.ts';
import { provisionUser } from '../../src/domain/users/provision-user.ts';
import { userRecord } from '../../src/scim/resource/record.ts';
import { Database } from '../../src/storage/database.ts';
import { APP_ROLE } from '../../src/storage/roles.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { ensureTenant } from '../../src/storage/tenants.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';

let holder: TestDatabase;
let databases: Database[];
let hubs: [DomainHub, DomainHub];
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
  const [first, second] = databases.map((one) => ({ storage: openStorage(one), seal: () => Buffer.alloc(32) }));
  hubs = [first!, second!];
  await ensureTenant(databases[0]!, tenantId, 'Race');
  const made = await run(hubs[0], as(admin), createDirectory, { name: 'Entra', preset: 'ENTRA_STANDARD' });
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

/** People with what they say of a key, as it is stored and as the index has it. */
const stored = () =>
  databases[0]!.session(tenantId, (session) =>
    session.ask<{ value: string | null; sent: string | null; key: string | null }>({
      text: `select u.custom->>'badge' as value, s.resource->>'badge' as sent, c.key from users u
        join user_sources s on s.user_id = u.id
        left join custom_values c on c.user_id = u.id and c.field_id = (select id from custom_fields where key = 'badge')
        where s.kind = 'DIRECTORY'`,
      values: [],
    }),
  );

test('DY1 a process that has not heard of a field writes it all the same', async () => {
  const hand = { userName: 'hand', values: { pronouns: 'they/them' } };
  await hubs[1].storage.policy(tenantId, true);
  await createField(hubs[0], as(admin), { key: 'pronouns', label: 'Pronouns', type: 'STRING' });
  const person = await run(hubs[1], as(admin), createUser, hand);
  expect(person.values.pronouns).toBe('they/them');
});

test('DY16 a field that is mapped, moved and unmapped while two processes write ends as the records say', async () => {
  const badge = (index: number, value: string) => ({ userName: `p${index}`, badge: value });
  const people = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      run(hubs[index % 2]!, as(directory), provisionUser, { record: userRecord(badge(index, 'first'), null) }),
    ),
  );
  const writing = (round: number) =>
    people.map((person, index) =>
      run(hubs[index % 2]!, as(directory), changeProvisionedUser, {
        id: wireId('usr', person.id),
        change: (before) => userRecord(badge(index, `${round}-${index}`), before),
      }),
    );
  const [field] = await Promise.all([
    createField(hubs[0], as(admin), { key: 'badge', label: 'Badge', type: 'STRING', scimPath: 'badge' }),
    ...writing(1),
  ]);
  const id = wireId('fld', field.id);
  for (const { value, sent, key } of await stored()) expect([value, key]).toEqual([sent, sent]);
  for (const [round, scimPath] of [
    [2, 'elsewhere'],
    [3, 'badge'],
    [4, null],
    [5, 'badge'],
  ] as const) {
    await Promise.all([updateField(hubs[round % 2]!, as(admin), { id, scimPath }), ...writing(round)]);
    for (const { value, sent, key } of await stored())
      expect([value, key]).toEqual(scimPath === 'badge' ? [sent, sent] : [null, null]);
  }
});
