import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';
import { filter, intruder, operations } from './support/intruder.ts';
import { eventsOf, stateOf } from './support/state.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const people = async () => {
  const tenant = await hub.newTenant();
  const directory = await hub.newDirectory(tenant.id);
  const [admin] = await scimClient(directory).people('admin');
  return { tenant, directory, admin: admin!, send: intruder(directory) };
};

describe('an externalId', () => {
  test('A1 that looks like an internal id never becomes one, and no lookup by id finds it', async () => {
    const { tenant, directory, admin, send } = await people();
    const uuid = uuidOf('usr', admin)!;
    const shapes = [7, '1', admin, uuid, `{${uuid}}`, uuid.toUpperCase(), ` ${admin}`, '0x1', directory.id, tenant.id];
    for (const [index, externalId] of shapes.entries()) {
      const { status, json } = await send('POST', '/Users', { userName: `u${index}`, externalId });
      expect([externalId, status]).toEqual([externalId, 201]);
      expect(json.id).toMatch(/^usr_[0-9a-z]{26}$/);
      expect([admin, externalId]).not.toContain(json.id);
      expect(json.externalId).toBe(String(externalId));
    }
    for (const externalId of shapes.filter((shape) => shape !== admin)) {
      expect((await send('GET', `/Users/${encodeURIComponent(String(externalId))}`)).status).toBe(404);
      expect((await send('GET', `/Users${filter(`id eq "${externalId}"`)}`)).json.totalResults).toBe(0);
    }
    expect((await send('GET', `/Users/${admin}`)).json.userName).toBe('admin');
  });

  test('A1 of a group is as little an id as that of a person', async () => {
    const { admin, send } = await people();
    const { json: first } = await send('POST', '/Groups', { displayName: 'Admins', members: [{ value: admin }] });
    const { status, json } = await send('POST', '/Groups', { displayName: 'Eve', externalId: first.id });
    expect(status).toBe(201);
    expect(json.id).not.toBe(first.id);
    expect((await send('GET', `/Groups/${first.id}`)).json.displayName).toBe('Admins');
  });
});

describe('somebody else’s name', () => {
  test('A3 A5 a new person with the e-mail of another is a person of their own and changes nothing of the other', async () => {
    const { tenant, directory } = await people();
    const emails = [{ type: 'work', value: 'ada@example.com', primary: true }];
    const ada = await intruder(directory)('POST', '/Users', { userName: 'ada', emails });
    const before = (await stateOf(hub, tenant.id)).filter((row) => row.includes(uuidOf('usr', ada.json.id)!));
    const second = intruder(await hub.newDirectory(tenant.id));
    const eve = await second('POST', '/Users', { userName: 'eve', emails });
    expect(eve.status).toBe(201);
    expect(eve.json.id).not.toBe(ada.json.id);
    await second('PATCH', `/Users/${eve.json.id}`, operations({ op: 'replace', path: 'emails', value: [] }));
    await second('DELETE', `/Users/${eve.json.id}`);
    const after = (await stateOf(hub, tenant.id)).filter((row) => row.includes(uuidOf('usr', ada.json.id)!));
    expect(after).toEqual(before);
  });

  test('A3 A5 a userName that another directory of the tenant has is 409, links nobody and changes nothing', async () => {
    const { tenant } = await people();
    const second = intruder(await hub.newDirectory(tenant.id));
    const { json: eve } = await second('POST', '/Users', { userName: 'eve' });
    const before = await stateOf(hub, tenant.id);
    const taken = [
      await second('POST', '/Users', { userName: 'ADMIN', externalId: 'x', active: false }),
      await second('PUT', `/Users/${eve.id}`, { userName: 'Admin' }),
      await second('PATCH', `/Users/${eve.id}`, operations({ op: 'replace', path: 'userName', value: 'admin' })),
    ];
    expect(taken.map(({ status, json }) => [status, json.scimType])).toEqual([
      [409, 'uniqueness'],
      [409, 'uniqueness'],
      [409, 'uniqueness'],
    ]);
    expect(await stateOf(hub, tenant.id)).toEqual(before);
    expect(await eventsOf(hub, tenant.id, 'request.refused')).toHaveLength(3);
  });

  test('A3 the same userName in another tenant is another person', async () => {
    const [one, two] = [await people(), await people()];
    expect(one.admin).not.toBe(two.admin);
    await two.send('DELETE', `/Users/${two.admin}`);
    expect((await one.send('GET', `/Users/${one.admin}`)).status).toBe(200);
  });
});

describe('an id in the body', () => {
  test('A12 of a POST is ignored: the server makes the id', async () => {
    const { admin, send } = await people();
    const { status, json } = await send('POST', '/Users', {
      id: admin,
      ID: admin,
      userName: 'eve',
      meta: { location: admin },
    });
    expect(status).toBe(201);
    expect(json.id).not.toBe(admin);
    expect(json.meta.location).toMatch(new RegExp(`/Users/${json.id}$`));
  });

  test.each(['PUT', 'PATCH'])('A12 of a %s never leads the write to another person', async (method) => {
    const { tenant, admin, send } = await people();
    const { json: eve } = await send('POST', '/Users', { userName: 'eve' });
    const victim = async () => (await stateOf(hub, tenant.id)).filter((row) => row.includes(uuidOf('usr', admin)!));
    const before = await victim();
    for (const name of ['id', 'ID', 'urn:ietf:params:scim:schemas:core:2.0:User:id']) {
      const resource = { [name]: admin, userName: 'eve', title: name };
      const body = method === 'PUT' ? resource : operations({ op: 'replace', value: resource });
      expect([200, 400]).toContain((await send(method, `/Users/${eve.id}`, body)).status);
      expect(await victim()).toEqual(before);
    }
    expect((await send('GET', `/Users/${eve.id}`)).json.id).toBe(eve.id);
  });
});
