import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';
import { filter, type Intruder, intruder, operations } from './support/intruder.ts';
import type { Reply } from './support/knock.ts';
import { eventsOf, stateOf } from './support/state.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const NOBODY = 'usr_00000000000000000000000000';
const NOTHING = 'grp_00000000000000000000000000';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

type Ids = { person: string; group: string };
type Attack = (send: Intruder, ids: Ids, own: Ids) => Promise<Reply>;

/** Every operation, aimed at a person or group that may be somebody else's. */
const attacks: Record<string, Attack> = {
  'GET person': (send, { person }) => send('GET', `/Users/${person}`),
  'GET person with attributes': (send, { person }) => send('GET', `/Users/${person}?attributes=userName`),
  'PUT person': (send, { person }) => send('PUT', `/Users/${person}`, { userName: 'eve' }),
  'PATCH person': (send, { person }) =>
    send('PATCH', `/Users/${person}`, operations({ op: 'replace', path: 'userName', value: 'eve' })),
  'PATCH person inactive': (send, { person }) =>
    send('PATCH', `/Users/${person}`, operations({ op: 'replace', path: 'active', value: 'False' })),
  'PATCH person in vain': (send, { person }) => send('PATCH', `/Users/${person}`, operations()),
  'PATCH person by a wrong path': (send, { person }) =>
    send('PATCH', `/Users/${person}`, operations({ op: 'add', path: 'emails[', value: 'x' })),
  'DELETE person': (send, { person }) => send('DELETE', `/Users/${person}`),
  'find person by id': (send, { person }) => send('GET', `/Users${filter(`id eq "${person}"`)}`),
  'find people by manager': (send, { person }) => send('GET', `/Users${filter(`manager eq "${person}"`)}`),
  'GET group': (send, { group }) => send('GET', `/Groups/${group}`),
  'GET group without members': (send, { group }) => send('GET', `/Groups/${group}?excludedAttributes=members`),
  'PUT group': (send, { group }) => send('PUT', `/Groups/${group}`, { displayName: 'Eve' }),
  'PATCH group': (send, { group }) =>
    send('PATCH', `/Groups/${group}`, operations({ op: 'replace', path: 'displayName', value: 'Eve' })),
  'add own person to group': (send, { group }, own) =>
    send('PATCH', `/Groups/${group}`, operations({ op: 'add', path: 'members', value: [{ value: own.person }] })),
  'remove own person from group': (send, { group }, own) =>
    send('PATCH', `/Groups/${group}`, operations({ op: 'remove', path: 'members', value: [{ value: own.person }] })),
  'clear group': (send, { group }) => send('PATCH', `/Groups/${group}`, operations({ op: 'remove', path: 'members' })),
  'DELETE group': (send, { group }) => send('DELETE', `/Groups/${group}`),
  'find group by id': (send, { group }) => send('GET', `/Groups${filter(`id eq "${group}"`)}`),
  'find groups by member': (send, { person }) => send('GET', `/Groups${filter(`members.value eq "${person}"`)}`),
  'POST group with person': (send, { person }) =>
    send('POST', '/Groups', { displayName: 'Stolen', members: [{ value: person }] }),
  'PUT own group with person': (send, { person }, own) =>
    send('PUT', `/Groups/${own.group}`, { displayName: 'Own', members: [{ value: person }] }),
  'add person to own group': (send, { person }, own) =>
    send('PATCH', `/Groups/${own.group}`, operations({ op: 'add', path: 'members', value: [{ value: person }] })),
  'replace own group by person': (send, { person }, own) =>
    send('PATCH', `/Groups/${own.group}`, operations({ op: 'replace', path: 'members', value: [{ value: person }] })),
  'remove person from own group': (send, { person }, own) =>
    send('PATCH', `/Groups/${own.group}`, operations({ op: 'remove', path: 'members', value: [{ value: person }] })),
  'remove person from own group by filter': (send, { person }, own) =>
    send('PATCH', `/Groups/${own.group}`, operations({ op: 'remove', path: `members[value eq "${person}"]` })),
};

/** What a stranger can see of an answer, with the ids it asked by made alike. */
function seen({ status, text, headers }: Reply, ids: Ids): unknown {
  const alike = text.replaceAll(ids.person, 'PERSON').replaceAll(ids.group, 'GROUP');
  const { date: _date, 'x-request-id': _id, 'content-length': _length, ...rest } = headers;
  return { status, body: alike, headers: rest };
}

const furnish = async (directory: TestDirectory, names: [string, string]): Promise<Ids> => {
  const client = scimClient(directory);
  const [person] = await client.people(names[0]);
  return { person: person!, group: await client.group(names[1], [person!]) };
};

const stage = async (isSameTenant: boolean) => {
  const victimTenant = await hub.newTenant();
  const ownTenant = isSameTenant ? victimTenant : await hub.newTenant();
  const victim = await furnish(await hub.newDirectory(victimTenant.id), ['victim', 'Victims']);
  const directory = await hub.newDirectory(ownTenant.id);
  const own = await furnish(directory, ['own', 'Own']);
  return { victimTenant, ownTenant, victim, own, send: intruder(directory) };
};

describe.each([
  ['another directory of the same tenant', true],
  ['another tenant', false],
])('ids of %s', (_what, isSameTenant) => {
  test.each(Object.entries(attacks))(
    'C1 A2 A6 A17 %s answers as for an unknown id and changes nothing',
    async (_name, attack) => {
      const { victimTenant, victim, own, send } = await stage(isSameTenant);
      const before = await stateOf(hub, victimTenant.id);
      const unknown = { person: NOBODY, group: NOTHING };
      const answered = await attack(send, victim, own);
      expect(seen(answered, victim)).toEqual(seen(await attack(send, unknown, own), unknown));
      expect([200, 204, 400, 404]).toContain(answered.status);
      expect(await stateOf(hub, victimTenant.id)).toEqual(before);
    },
  );

  test('C1 A2 A17 each refused attempt leaves an event in the tenant of the attacker, and none in the other', async () => {
    const { victimTenant, ownTenant, victim, own, send } = await stage(isSameTenant);
    for (const [name, attack] of Object.entries(attacks)) {
      const before = (await eventsOf(hub, ownTenant.id, 'request.refused')).length;
      const { status } = await attack(send, victim, own);
      const after = (await eventsOf(hub, ownTenant.id, 'request.refused')).length;
      expect([name, after - before]).toEqual([name, status >= 400 ? 1 : 0]);
    }
    if (!isSameTenant) expect(await eventsOf(hub, victimTenant.id, 'request.refused')).toEqual([]);
  });

  test('A2 a manager in somebody else’s directory is kept as a pending reference and tells nothing of them', async () => {
    const { victimTenant, victim, own, send } = await stage(isSameTenant);
    const before = isSameTenant ? null : await stateOf(hub, victimTenant.id);
    const path = `${enterprise}:manager`;
    const theirs = await send('PATCH', `/Users/${own.person}`, operations({ op: 'add', path, value: victim.person }));
    const unknown = await send('PATCH', `/Users/${own.person}`, operations({ op: 'add', path, value: NOBODY }));
    const manager = ({ json }: Reply) => Object.keys(json[enterprise].manager).sort();
    expect([theirs.status, manager(theirs)]).toEqual([unknown.status, manager(unknown)]);
    expect(theirs.text).not.toContain('victim');
    if (before) expect(await stateOf(hub, victimTenant.id)).toEqual(before);
  });
});

test('A14 headers and parameters that name a tenant or directory are ignored', async () => {
  const victimTenant = await hub.newTenant();
  const victim = await hub.newDirectory(victimTenant.id);
  const { person } = await furnish(victim, ['victim', 'Victims']);
  const send = intruder(await hub.newDirectory());
  const names = ['Tenant', 'X-Tenant', 'X-Tenant-Id', 'X-Org-Id', 'X-Directory', 'X-Forwarded-User', 'X-Original-URL'];
  for (const value of [victimTenant.id, victim.id, `usr_${victimTenant.id}`]) {
    const headers = Object.fromEntries(names.map((name) => [name, value]));
    const query = `?tenant=${value}&tenantId=${value}&directory=${value}&directoryId=${value}&org=${value}`;
    expect((await send('GET', `/Users/${person}${query}`, undefined, headers)).status).toBe(404);
    const { json } = await send('GET', `/Users${query}`, undefined, { ...headers, 'X-HTTP-Method-Override': 'DELETE' });
    expect(json.totalResults).toBe(0);
  }
});
