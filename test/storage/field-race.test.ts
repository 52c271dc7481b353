import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Call, run } from '../../src/domain/command.ts';
import { createField } from '../../src/domain/fields/create-field.ts';
import { updateField } from '../../src/domain/fields/update-field.ts';
import { wireId } from '../../src/domain/ids.ts';
import { changeProvisionedUser } from '../../src/domain/users/change-provisioned-user.ts';
import { createUser } from '../../src/domain/users/create-user.ts';
import { provisionUser } from '../../src/domain/users/provision-user.ts';
import { userRecord } from '../../src/scim/resource/record.ts';
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

/** People with what they say of a key, as it is stored and as the index has it. */
const stored = () =>
  stage.databases[0].session(tenantId, (session) =>
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
  await createField(hubs[0], admin, { key: 'pronouns', label: 'Pronouns', type: 'STRING' });
  const person = await run(hubs[1], admin, createUser, hand);
  expect(person.values.pronouns).toBe('they/them');
});

test('DY16 a field that is mapped, moved and unmapped while two processes write ends as the records say', async () => {
  const badge = (index: number, value: string) => ({ userName: `p${index}`, badge: value });
  const people = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      run(hubs[index % 2]!, directory, provisionUser, { record: userRecord(badge(index, 'first'), null) }),
    ),
  );
  const writing = (round: number) =>
    people.map((person, index) =>
      run(hubs[index % 2]!, directory, changeProvisionedUser, {
        id: wireId('usr', person.id),
        change: (before) => userRecord(badge(index, `${round}-${index}`), before),
      }),
    );
  const [field] = await Promise.all([
    createField(hubs[0], admin, { key: 'badge', label: 'Badge', type: 'STRING', scimPath: 'badge' }),
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
    await Promise.all([updateField(hubs[round % 2]!, admin, { id, scimPath }), ...writing(round)]);
    for (const { value, sent, key } of await stored())
      expect([value, key]).toEqual(scimPath === 'badge' ? [sent, sent] : [null, null]);
  }
});
