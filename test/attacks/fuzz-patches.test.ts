import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { filter, type Intruder, intruder, isScimError, operations } from './support/intruder.ts';
import type { Reached } from './support/knock.ts';

let hub: Hub;
let tenantId: string;
let send: Intruder;
let people: string[];
beforeAll(async () => {
  hub = await startHub();
  tenantId = (await hub.newTenant()).id;
  send = intruder(await hub.newDirectory(tenantId));
  people = await Promise.all(
    ['ada', 'bob', 'eve'].map(async (userName) => (await send('POST', '/Users', { userName })).json.id as string),
  );
});
afterAll(() => hub?.stop());

const WORK = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const texts = fc.constantFrom('a', 'B', 'ada', '', 'ﬁ', 'ΑΣ', '\u200b', 'x'.repeat(300), '1', 'true', '{"value":"r"}');
const types = fc.constantFrom('work', 'WORK', 'home', 'other', 'mobile', 'x');
const element = fc.record(
  { type: types, value: texts, primary: fc.constantFrom(true, false, 'True'), display: texts, extra: texts },
  { requiredKeys: [] },
);
const values = fc.oneof(
  texts,
  element,
  fc.array(element, { maxLength: 3 }),
  fc.array(texts, { maxLength: 2 }),
  fc.constantFrom<unknown>(true, false, 'False', null, 5, 1.5, [], {}, { value: '' }),
);
const lists = fc.constantFrom(
  'emails',
  'phoneNumbers',
  'addresses',
  'roles',
  'photos',
  'ims',
  'urn:x:2.0:User:list',
  'unknown',
);
const paths = fc.oneof(
  lists,
  fc
    .tuple(lists, types, fc.constantFrom('.value', '.display', '.primary', '.type', '', '.formatted', '.extra'))
    .map(([list, type, part]) => `${list}[type eq "${type}"]${part}`),
  fc
    .tuple(
      lists,
      fc.constantFrom(
        'primary eq true',
        'not (value pr)',
        'value co "a" or type eq "work"',
        'value eq "a" and type eq "home"',
      ),
    )
    .map(([list, where]) => `${list}[${where}].value`),
  fc.constantFrom(
    'userName',
    'externalId',
    'active',
    'displayName',
    'title',
    'name',
    'name.givenName',
    'name.formatted',
    'nickName',
  ),
  fc.constantFrom(
    WORK,
    `${WORK}:manager`,
    `${WORK}:manager.value`,
    `${WORK}:department`,
    'manager',
    'urn:x:2.0:User',
    'urn:x:2.0:User:a',
    'urn:x:2.0:User:a.b',
    'emails.value',
    'a.b',
  ),
);
const op = fc.constantFrom('add', 'replace', 'remove', 'Add', 'Replace');
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op, path: paths, value: values }, { requiredKeys: ['op', 'path'] }) },
  { weight: 1, arbitrary: fc.record({ op, value: fc.dictionary(paths, values, { maxKeys: 3 }) }) },
);

/** The namespaces of a resource are a set. */
const asSet = (json: Reached) => ({ ...json, schemas: json.schemas.toSorted() });

/** The versions of a person, and the events about them: each change has exactly one. */
async function versions(id: string): Promise<{ version: number; events: number }> {
  const [row] = await hub.running.database.session(tenantId, (session) =>
    session.ask<{ version: number; events: number }>({
      text: `select version, (select count(*)::int from events where subject_id = u.id) as events from users u where id = $1`,
      values: [uuidOf('usr', id)],
    }),
  );
  return row!;
}

test('I2 I17 I18 any PATCH of a person is done with one event or refused without a trace, and reads back as answered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.array(operation, { minLength: 1, maxLength: 4 }), async (who, given) => {
      const place = `/Users/${people[who]}`;
      const before = await send('GET', place);
      const reply = await send('PATCH', place, operations(...given));
      const after = await send('GET', place);
      expect([200, 400, 409]).toContain(reply.status);
      if (reply.status === 200) expect(asSet(after.json)).toEqual(asSet(reply.json));
      else expect([isScimError(reply), after.json]).toEqual([true, before.json]);
      const { version, events } = await versions(people[who]!);
      expect(events).toBe(version);
      expect(after.json.meta.version).toBe(`W/"${version}"`);
      const { json } = await send('GET', `/Users${filter(`userName eq ${JSON.stringify(after.json.userName)}`)}`);
      expect(json.Resources.map(asSet)).toEqual([asSet(after.json)]);
    }),
    { numRuns: 300 },
  );
}, 120_000);

const memberChange = fc.record(
  {
    op,
    path: fc.constantFrom(
      'members',
      'members[value eq "{0}"]',
      'members[value eq "{1}" or value eq "{2}"]',
      'members[type eq "User"]',
      'displayName',
      'MEMBERS',
      'members.value',
      'externalId',
    ),
    value: fc.oneof(
      fc.array(
        fc.constantFrom<unknown>({ value: '{0}' }, { value: '{1}' }, { value: '{2}' }, '{0}', {
          value: 'usr_00000000000000000000000000',
        }),
        { maxLength: 3 },
      ),
      fc.constantFrom<unknown>(null, '', '{1}', { value: '{2}' }, 'Name', 'Other'),
    ),
  },
  { requiredKeys: ['op', 'path'] },
);

test('I2 I18 any PATCH of a group is done whole or refused without a trace, and joins and leaves add up', async () => {
  const group = (await send('POST', '/Groups', { displayName: 'Name' })).json.id as string;
  await fc.assert(
    fc.asyncProperty(fc.array(memberChange, { minLength: 1, maxLength: 4 }), async (given) => {
      const body = JSON.stringify(operations(...given)).replace(/\{([012])\}/g, (_, who) => people[Number(who)]!);
      const before = await send('GET', `/Groups/${group}`);
      const reply = await send('PATCH', `/Groups/${group}`, body);
      const after = await send('GET', `/Groups/${group}`);
      expect([204, 400, 409]).toContain(reply.status);
      if (reply.status !== 204) expect([isScimError(reply), after.json]).toEqual([true, before.json]);
      const [count] = await hub.running.database.session(tenantId, (session) =>
        session.ask<{ joined: number; left: number }>({
          text: `select count(*) filter (where name = 'team.members.added')::int as joined,
            count(*) filter (where name = 'team.members.removed')::int as left from events`,
          values: [],
        }),
      );
      expect(count!.joined - count!.left).toBe(after.json.members.length);
      const again = await send('PATCH', `/Groups/${group}`, body);
      expect([again.status, (await send('GET', `/Groups/${group}`)).json.members]).toEqual([
        reply.status,
        after.json.members,
      ]);
    }),
    { numRuns: 200 },
  );
}, 120_000);
