import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const names = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);
const add = (value: string) => ({ op: 'Add', path: 'members', value: [{ value }] });
const remove = (value: string) => ({ op: 'Remove', path: 'members', value: [{ value }] });

const eventsOf = (tenantId: string, name: string) =>
  hub.running.database.session(tenantId, (session) =>
    session.ask<{ object_id: string }>({ text: 'select * from events where name = $1', values: [name] }),
  );

describe('requests beside each other', () => {
  test('C11 64 parallel PATCHes of one group lose nobody, and each person has one event', async () => {
    const { id: tenantId } = await hub.newTenant();
    const client = scimClient(await hub.newDirectory(tenantId));
    const people = await client.people(...names(64));
    const group = await client.group('G');
    const answers = await Promise.all([...people, ...people].map((id) => client.patch(`/Groups/${group}`, add(id))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    expect((await client.members(group)).sort()).toEqual(people.sort());
    expect(await eventsOf(tenantId, 'team.members.added')).toHaveLength(64);
  });

  test('I6 adds, removes and a whole-list change leave the state of some order of them', async () => {
    const client = scimClient(await hub.newDirectory());
    const people = await client.people(...names(20));
    const group = await client.group('G', people.slice(0, 10));
    const replaced = people.slice(5, 8);
    await Promise.all([
      ...people.slice(10).map((id) => client.patch(`/Groups/${group}`, add(id))),
      ...people.slice(0, 5).map((id) => client.patch(`/Groups/${group}`, remove(id))),
      client.patch(`/Groups/${group}`, { op: 'replace', path: 'members', value: replaced.map((value) => ({ value })) }),
    ]);
    const members = await client.members(group);
    expect(members).toEqual(expect.arrayContaining(replaced));
    expect(new Set(members).size).toBe(members.length);
    expect(members.filter((id) => people.slice(0, 5).includes(id))).toEqual([]);
  });

  test('I1 64 creates of one userName make one person', async () => {
    const client = scimClient(await hub.newDirectory());
    const answers = await Promise.all(names(64).map(() => client.post('/Users', { userName: 'ada', externalId: 'x' })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 63 }, () => 409)]);
    expect((await client.get('/Users')).body.totalResults).toBe(1);
  });

  test('I7 64 PATCHes of one person, each of another attribute, all count', async () => {
    const client = scimClient(await hub.newDirectory());
    const [id] = await client.people('ada');
    const urn = 'urn:example:params:many:2.0:User';
    const patches = names(64).map((name) =>
      client.patch(`/Users/${id}`, { op: 'Add', path: `${urn}:${name}`, value: 'x' }),
    );
    expect(new Set((await Promise.all(patches)).map(({ status }) => status))).toEqual(new Set([200]));
    const { body } = await client.get(`/Users/${id}`);
    expect(Object.keys(body[urn] as unknown as object)).toHaveLength(64);
    expect((body.meta as unknown as { version: string }).version).toBe('W/"65"');
  });

  test('a group deleted while people are added is gone, and no add is a server error', async () => {
    const client = scimClient(await hub.newDirectory());
    const people = await client.people(...names(10));
    const group = await client.group('G');
    const answers = await Promise.all([
      ...people.map((id) => client.patch(`/Groups/${group}`, add(id))),
      client.delete(`/Groups/${group}`),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status !== 204 && status !== 404)).toEqual([]);
    expect((await client.get(`/Groups/${group}`)).status).toBe(404);
  });
});
