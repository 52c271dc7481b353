import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';
import { type Intruder, intruder, isScimError, operations } from './support/intruder.ts';
import { eventsOf, stateOf } from './support/state.ts';

let hub: Hub;
let tenantId: string;
let send: Intruder;
let id: string;
let other: string;
let group: string;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());
beforeEach(async () => {
  tenantId = (await hub.newTenant()).id;
  send = intruder(await hub.newDirectory(tenantId));
  const emails = [{ type: 'work', value: 'a@x', primary: true }];
  id = (await send('POST', '/Users', { userName: 'ada', title: 'T', emails })).json.id;
  other = (await send('POST', '/Users', { userName: 'bob', externalId: 'b' })).json.id;
  group = (await send('POST', '/Groups', { displayName: 'G', members: [{ value: id }] })).json.id;
  await send('POST', '/Groups', { displayName: 'Taken', externalId: 't' });
});

const NOBODY = 'usr_00000000000000000000000000';

/** Operations that would each change the person, and one that cannot be done. */
const good = [
  { op: 'replace', path: 'title', value: 'New' },
  { op: 'add', path: 'emails[type eq "home"].value', value: 'h@x' },
  { op: 'replace', path: 'active', value: false },
  { op: 'remove', path: 'emails[type eq "work"]' },
  { op: 'add', path: 'urn:x:2.0:User:a', value: 'b' },
  { op: 'replace', value: { displayName: 'New', 'name.givenName': 'N' } },
];

const bad: Record<string, object> = {
  'an unknown op': { op: 'move', path: 'title', value: 'x' },
  'a path that does not parse': { op: 'add', path: 'emails[type eq', value: 'x' },
  'a path to a prototype': { op: 'add', path: '__proto__.x', value: 'x' },
  'a filter that matches nothing': { op: 'replace', path: 'emails[type ne "work" and value co "z"].value', value: 'x' },
  'a value of the wrong type': { op: 'replace', path: 'active', value: 'perhaps' },
  'a text that cannot be stored': { op: 'replace', path: 'title', value: '\0' },
  'a required attribute taken away': { op: 'remove', path: 'userName' },
  'an attribute that only the server writes': { op: 'replace', path: 'id', value: NOBODY },
  'a name that is taken': { op: 'replace', path: 'userName', value: 'BOB' },
  'an externalId that is taken': { op: 'replace', path: 'externalId', value: 'b' },
  'a name that is too long': { op: 'replace', path: 'userName', value: '一'.repeat(3_000) },
  'a remove of everything': { op: 'remove' },
};

async function demandUnchanged(method: string, place: string, body: unknown): Promise<void> {
  const before = await stateOf(hub, tenantId);
  const refusals = (await eventsOf(hub, tenantId, 'request.refused')).length;
  const reply = await send(method, place, body);
  expect([reply.status, isScimError(reply)]).toEqual([expect.toBeOneOf([400, 409]), true]);
  expect(await stateOf(hub, tenantId)).toEqual(before);
  expect(await eventsOf(hub, tenantId, 'request.refused')).toHaveLength(refusals + 1);
}

describe('a PATCH of a person with many operations and among them', () => {
  test.each(Object.entries(bad))('I18 %s changes nothing, wherever it stands', async (_what, operation) => {
    for (const place of [0, 3, good.length]) {
      await demandUnchanged('PATCH', `/Users/${id}`, operations(...good.toSpliced(place, 0, operation as never)));
    }
  });
});

const groupBad: Record<string, () => { op: string; path: string; value?: unknown }> = {
  'an unknown member': () => ({ op: 'add', path: 'members', value: [{ value: other }, { value: NOBODY }] }),
  'a member that is no id': () => ({ op: 'add', path: 'members', value: [{ value: other }, { value: 'bob' }] }),
  'a group as a member': () => ({ op: 'add', path: 'members', value: [{ value: group }] }),
  'a member without an id': () => ({ op: 'add', path: 'members', value: [{ display: 'bob' }] }),
  'a replacement by nobody known': () => ({ op: 'replace', path: 'members', value: [{ value: NOBODY }] }),
  'a name that is taken': () => ({ op: 'replace', path: 'displayName', value: 'TAKEN' }),
  'an externalId that is taken': () => ({ op: 'replace', path: 'externalId', value: 't' }),
  'a name taken away': () => ({ op: 'remove', path: 'displayName' }),
  'a part of a member changed': () => ({ op: 'replace', path: 'members.display', value: 'x' }),
  'a path that does not parse': () => ({ op: 'remove', path: 'members[value eq' }),
};

describe('a PATCH of a group with many operations and among them', () => {
  test.each(Object.entries(groupBad))(
    'I18 %s changes nothing: neither the name nor who is in it',
    async (_what, operation) => {
      const fine = [
        { op: 'replace', path: 'displayName', value: 'New' },
        { op: 'add', path: 'members', value: [{ value: other }] },
        { op: 'remove', path: `members[value eq "${id}"]` },
        { op: 'add', path: 'urn:x:2.0:Group:a', value: 'b' },
      ];
      for (const place of [0, 2, fine.length]) {
        // A name that is given twice would be set right by the later one.
        const around = fine.filter(({ path }) => place === fine.length || path !== operation().path);
        await demandUnchanged(
          'PATCH',
          `/Groups/${group}`,
          operations(...around.toSpliced(place, 0, operation() as never)),
        );
      }
    },
  );
});

test('I18 a PUT or POST of a group with one unknown member changes nothing and makes nothing', async () => {
  const members = [{ value: other }, { value: NOBODY }];
  await demandUnchanged('PUT', `/Groups/${group}`, { displayName: 'New', externalId: 'n', members });
  await demandUnchanged('POST', '/Groups', { displayName: 'Newer', members });
  await demandUnchanged('POST', '/Groups', { displayName: 'taken' });
});
