import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ask, askAs } from '../../graphql/ask.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
let ask: Ask;
let client: ReturnType<typeof scimClient>;
beforeAll(async () => {
  hub = await startHub();
  const { id, key } = await hub.newTenant();
  ask = askAs(hub, key);
  client = scimClient(await hub.newDirectory(id, 'ENTRA_STANDARD', { checkTimeZones: true }));
});
afterAll(() => hub?.stop());

let made = 0;
const create = (sent: object) => client.post('/Users', { userName: `person ${made++}`, ...sent });
const shownIn = async (id: unknown, field: string) =>
  (await ask(`query ($id: ID!) { user(id: $id) { ${field} } }`, { id })).data.user[field];

/** The word with each letter in either case. */
const inAnyCase = (word: string) =>
  fc
    .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
    .map((upper) => [...word].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''));
const said = fc
  .boolean()
  .chain((value) => fc.tuple(fc.constant(value), fc.oneof(fc.constant(value), inAnyCase(String(value)))))
  .chain(([value, form]) => fc.tuple(fc.constant(value), fc.constantFrom(form, [form])));
const unsaid = fc.oneof(
  fc.string({ minLength: 1 }).filter((text) => !/^(?:true|false)$/i.test(text)),
  fc.integer(),
  fc.constantFrom(['True', 'False'], { a: true }, [['True']]),
);

test('S9 active is taken as a boolean, as a text in any case and as a list of one, and is read back as a boolean', async () => {
  const { body } = await create({});
  await fc.assert(
    fc.asyncProperty(said, async ([value, sent]) => {
      expect((await create({ active: sent })).body.active).toBe(value);
      const operation = { op: 'Replace', path: 'active', value: sent };
      expect((await client.patch(`/Users/${body.id}`, operation)).body.active).toBe(value);
    }),
    { numRuns: 60 },
  );
});

test('S9 what is no boolean is refused as active, and nobody is let in or out by it', async () => {
  const { body } = await create({ active: false });
  await fc.assert(
    fc.asyncProperty(unsaid, async (sent) => {
      for (const answer of [
        await create({ active: sent }),
        await client.patch(`/Users/${body.id}`, { op: 'Replace', path: 'active', value: sent }),
      ]) {
        expect([answer.status, String(answer.body.detail)]).toEqual([400, expect.stringContaining('active')]);
      }
    }),
    { numRuns: 60 },
  );
  expect((await client.get(`/Users/${body.id}`)).body).toEqual(body);
});

test.each(['Europe/Berlin', 'europe/berlin', 'EUROPE/BERLIN', 'utc', 'america/argentina/buenos_aires'])(
  'S12 the time zone %s is taken, read back and counted as it was sent',
  async (timezone) => {
    const { status, body } = await create({ timezone });
    expect([status, body.timezone, await shownIn(body.id, 'timezone')]).toEqual([201, timezone, timezone]);
  },
);

test.each(['Mars/Base', 'W. Europe Standard Time', '+02:00', ' Europe/Berlin'])(
  'S12 the time zone %s is refused by its name, and nothing is changed',
  async (timezone) => {
    const refused = { status: '400', scimType: 'invalidValue', detail: expect.stringMatching(/^timezone /) };
    expect((await create({ timezone })).body).toMatchObject(refused);
    const { body } = await create({ timezone: 'Asia/Tokyo' });
    const answers = [
      await client.patch(`/Users/${body.id}`, { op: 'Replace', path: 'timezone', value: timezone }),
      await client.put(`/Users/${body.id}`, { userName: body.userName, timezone }),
    ];
    for (const answer of answers) expect(answer.body).toMatchObject(refused);
    expect((await client.get(`/Users/${body.id}`)).body).toEqual(body);
  },
);

test('S12 SIGNL4 has time zones checked; unless an admin wants that, any text of the directory is kept', async () => {
  const sent = { userName: 'ada', emails: [{ type: 'work', value: 'ada@x.example' }], timezone: 'Mars/Base' };
  const signl4 = scimClient(await hub.newDirectory(undefined, 'SIGNL4'));
  expect((await signl4.post('/Users', sent)).body).toMatchObject({ status: '400', scimType: 'invalidValue' });
  const entra = scimClient(await hub.newDirectory());
  expect((await entra.post('/Users', sent)).body.timezone).toBe('Mars/Base');
});

test('S12 where no time zone is mapped, that of the device counts until the directory sends one', async () => {
  const { body } = await create({});
  const report =
    'mutation ($user: ID!) { reportDevice(user: $user, timezone: "Europe/Rome") { problems { message } } }';
  expect((await ask(report, { user: body.id })).data.reportDevice.problems).toEqual([]);
  expect(await shownIn(body.id, 'timezone')).toBe('Europe/Rome');
  expect((await client.get(`/Users/${body.id}`)).body).not.toHaveProperty('timezone');
  await client.patch(`/Users/${body.id}`, { op: 'Add', path: 'timezone', value: 'asia/tokyo' });
  expect(await shownIn(body.id, 'timezone')).toBe('asia/tokyo');
});

test('S14 description and externalId of a group are listed, sent, read back and changed', async () => {
  const schema = (await client.get('/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group')).body;
  expect(schema.attributes).toContainEqual(expect.objectContaining({ name: 'description', mutability: 'readWrite' }));
  const sent = { displayName: 'Alarm', externalId: 'oid-g', description: 'Who is called' };
  const { body } = await client.post('/Groups', sent);
  expect(body).toMatchObject(sent);
  const operations = [
    { op: 'Replace', path: 'description', value: 'Who is called first' },
    { op: 'Replace', path: 'externalId', value: 'oid-h' },
  ];
  expect((await client.patch(`/Groups/${body.id}`, ...operations)).status).toBe(204);
  const changed = { ...sent, externalId: 'oid-h', description: 'Who is called first' };
  expect((await client.get(`/Groups/${body.id}`)).body).toMatchObject(changed);
  expect((await client.find('/Groups', 'externalId eq "oid-h"')).body.totalResults).toBe(1);
});

const CUSTOM = 'urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User';

test('S15 an attribute of the extension that Entra makes is written by URN, read back, mapped and counted', async () => {
  const { body } = await create({ [CUSTOM]: { badge: 'B-1' } });
  expect(body[CUSTOM]).toEqual({ badge: 'B-1' });
  const input = { key: 'badge', label: 'Badge', type: 'STRING', scimPath: `${CUSTOM}:badge` };
  await ask('mutation ($input: CreateFieldInput!) { createField(input: $input) { problems { message } } }', { input });
  const counted = async () => {
    const { data } = await ask('query ($id: ID!) { user(id: $id) { custom } }', { id: body.id });
    return data.user.custom;
  };
  expect(await counted()).toEqual({ badge: 'B-1' });
  const patched = await client.patch(`/Users/${body.id}`, { op: 'Replace', path: `${CUSTOM}:badge`, value: 'B-2' });
  expect(patched.body[CUSTOM]).toEqual({ badge: 'B-2' });
  expect(await counted()).toEqual({ badge: 'B-2' });
});

test('S15 an attribute without a namespace, such as timezone or one nobody has heard of, makes the round trip', async () => {
  const { body } = await create({ timezone: 'Europe/Berlin', shift: 'night' });
  expect(body).toMatchObject({ timezone: 'Europe/Berlin', shift: 'night' });
  const operations = [
    { op: 'Replace', path: 'timezone', value: 'Europe/Rome' },
    { op: 'Replace', path: 'shift', value: 'day' },
  ];
  const patched = await client.patch(`/Users/${body.id}`, ...operations);
  expect(patched.body).toMatchObject({ timezone: 'Europe/Rome', shift: 'day' });
  expect((await client.get(`/Users/${body.id}`)).body).toEqual(patched.body);
});

test('DY6 any text of the directory is displayed intact, however odd, and found by what it is without that', async () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => !text.includes('\0'));
  await fc.assert(
    fc.asyncProperty(texts, async (title) => {
      const { status, body } = await create({ title });
      expect([status, body.title, await shownIn(body.id, 'title')]).toEqual([201, title, title]);
    }),
    { numRuns: 60 },
  );
  const odd = '  Zoë\u00a0 Ångström\u0308 ';
  const { body } = await client.post('/Users', { userName: odd, title: odd });
  expect([body.userName, body.title]).toEqual([odd, odd]);
  const found = await client.find('/Users', `userName eq "${odd.toUpperCase()}"`);
  expect(found.body.Resources).toMatchObject([{ id: body.id, userName: odd }]);
});
