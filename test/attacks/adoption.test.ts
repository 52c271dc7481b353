import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ask, askAs } from '../graphql/ask.ts';
import { type Hub, startHub, type Tenant } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';
import { eventsOf, stateOf } from './support/state.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const idOf = (answer: { body: object }) => (answer.body as { id: string }).id;
const emails = (value: string) => [{ type: 'work', value, primary: true }];
const ada = { userName: 'ada', externalId: 'oid-ada', emails: emails('ada@acme.example') };

/** A person whom a directory left behind, and the next directory of the company, which may mean ill. */
async function left(record: object = ada) {
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  const old = await hub.newDirectory(tenant.id);
  const id = idOf(await scimClient(old).post('/Users', record));
  await disconnect(old.id);
  return { id, old, next: scimClient(await hub.newDirectory(tenant.id)) };
}

const disconnect = (id: string, plan = 'KEEP_MANUAL') =>
  ask(`mutation ($id: ID!) { disconnectDirectory(id: $id, plan: ${plan}) { problems { message } } }`, { id });

const read = async (id: string) =>
  (await ask('query ($id: ID!) { user(id: $id) { userName email status links { externalId } } }', { id })).data.user;

describe('a directory that takes people back', () => {
  test('A3 A5 meets them by externalId and never by an e-mail address or a userName', async () => {
    const { id, next } = await left();
    const byEmail = await next.post('/Users', { userName: 'eve', externalId: 'oid-eve', emails: ada.emails });
    expect(byEmail.status).toBe(201);
    expect(idOf(byEmail)).not.toBe(id);
    for (const externalId of ['oid-eve-2', undefined, '', ' ', null]) {
      const byName = await next.post('/Users', { userName: 'ada', externalId, emails: ada.emails });
      expect([externalId, byName.status, byName.body.scimType]).toEqual([externalId, 409, 'uniqueness']);
    }
    expect(await read(id)).toMatchObject({
      userName: 'ada',
      email: 'ada@acme.example',
      links: [{ externalId: 'oid-ada' }],
    });
  });

  test('A5 changes neither their userName nor their e-mail by the request that takes them', async () => {
    const { id, next } = await left();
    const taken = await next.post('/Users', {
      ...ada,
      userName: 'eve',
      emails: emails('eve@evil.example'),
      title: 'New',
    });
    expect([taken.status, taken.body.id]).toEqual([201, id]);
    expect(taken.body).toMatchObject({ userName: 'eve', emails: [{ value: 'eve@evil.example' }] });
    expect(await read(id)).toMatchObject({ userName: 'ada', email: 'ada@acme.example' });
    const [adopted] = await eventsOf(hub, tenant.id, 'user.adopted');
    expect(adopted!.changes).toContainEqual({ key: 'email', from: null, to: 'eve@evil.example', shadow: true });
    await next.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Newer' });
    expect(await read(id)).toMatchObject({ userName: 'eve', email: 'eve@evil.example' });
  });

  test('A5 gives no e-mail to whom had none', async () => {
    const { id, next } = await left({ userName: 'ada', externalId: 'oid-ada' });
    expect(idOf(await next.post('/Users', ada))).toBe(id);
    expect(await read(id)).toMatchObject({ email: null });
  });

  test('A37 cannot hide one person’s name behind another: the whole request is refused', async () => {
    const { id, next } = await left();
    await ask('mutation { createUser(input: { userName: "boss" }) { user { id } } }');
    const before = await stateOf(hub, tenant.id);
    const taken = await next.post('/Users', { ...ada, userName: 'BOSS' });
    expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness']);
    expect(await stateOf(hub, tenant.id)).toEqual(before);
    expect((await next.get(`/Users/${id}`)).status).toBe(404);
  });

  test('A6 takes nobody from a directory that is connected, nor from one that took them back', async () => {
    const { id, next } = await left();
    expect(idOf(await next.post('/Users', ada))).toBe(id);
    const third = scimClient(await hub.newDirectory(tenant.id));
    const clash = await third.post('/Users', ada);
    expect(clash.status).toBe(409);
    const other = await third.post('/Users', { ...ada, userName: 'other' });
    expect(other.status).toBe(201);
    expect(idOf(other)).not.toBe(id);
    expect((await third.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'x' })).status).toBe(404);
    expect((await third.delete(`/Users/${id}`)).status).toBe(404);
  });

  test('A1 takes nobody where two directories that are gone called two people the same', async () => {
    const { next } = await left({ userName: 'one', externalId: '1' });
    const other = await hub.newDirectory(tenant.id);
    // Nobody can be meant by `1` any more, so the same number of another system is a person of its own.
    const live = scimClient(other);
    await ask('mutation { createUser(input: { userName: "hand" }) { user { id } } }');
    const two = idOf(await live.post('/Users', { userName: 'two', externalId: '2' }));
    await live.patch(`/Users/${two}`, { op: 'replace', path: 'externalId', value: '1' });
    await disconnect(other.id);
    const made = await next.post('/Users', { userName: 'three', externalId: '1' });
    expect(made.status).toBe(201);
    const { data } = await ask('{ users { nodes { userName } } }');
    expect(data.users.nodes.map((node: { userName: string }) => node.userName).sort()).toEqual([
      'hand',
      'one',
      'three',
      'two',
    ]);
  });

  test('A4 takes nobody of another company, whatever it calls them', async () => {
    const { id } = await left();
    const before = await stateOf(hub, tenant.id);
    const stranger = scimClient(await hub.newDirectory());
    const made = await stranger.post('/Users', ada);
    expect(made.status).toBe(201);
    expect(idOf(made)).not.toBe(id);
    expect(await stateOf(hub, tenant.id)).toEqual(before);
  });

  test('A39 takes nobody back who was deleted', async () => {
    const { id, next } = await left();
    await ask('mutation ($id: ID!) { deleteUser(id: $id) { problems { code } } }', { id });
    const made = await next.post('/Users', ada);
    expect(made.status).toBe(201);
    expect(idOf(made)).not.toBe(id);
  });

  test('A40 sending somebody many times at once takes them once', async () => {
    const { id, next } = await left();
    const answers = await Promise.all(Array.from({ length: 8 }, () => next.post('/Users', ada)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect(await eventsOf(hub, tenant.id, 'user.adopted')).toHaveLength(1);
    expect(await read(id)).toMatchObject({ links: [{}, {}] });
  });
});

describe('saying whom a directory means', () => {
  const said = `mutation ($user: ID!, $directory: ID!) { linkUser(user: $user, directory: $directory, externalId: "x") { problems { code } } }`;

  test('A7 takes the right to write people and directories, both', async () => {
    const { id } = await left();
    const { id: directory } = await hub.newDirectory(tenant.id);
    for (const granted of [['users:write'], ['directories:write', 'directories:read', 'users:read']] as const) {
      const key = await hub.newKey(tenant.id, granted);
      const { data } = await askAs(hub, key)(said, { user: id, directory });
      expect(data.linkUser.problems).toEqual([{ code: 'NOT_ALLOWED' }]);
    }
  });

  test('A2 names nobody and no directory of another company', async () => {
    const { id } = await left();
    const { id: directory } = await hub.newDirectory(tenant.id);
    const stranger = await hub.newTenant();
    const { id: own } = await hub.newDirectory(stranger.id);
    const send = askAs(hub, stranger.key);
    const before = await stateOf(hub, tenant.id);
    for (const variables of [
      { user: id, directory: own },
      { user: id, directory },
    ])
      expect((await send(said, variables)).data.linkUser.problems).toEqual([{ code: 'NOT_FOUND' }]);
    expect(
      (
        await send(
          `mutation ($directory: ID!) { disconnectDirectory(id: $directory, plan: DELETE) { problems { code } } }`,
          { directory },
        )
      ).data,
    ).toEqual({ disconnectDirectory: { problems: [{ code: 'NOT_FOUND' }] } });
    expect(await stateOf(hub, tenant.id)).toEqual(before);
  });
});

test('A41 a directory that is disconnected in the middle of its writes leaves nothing behind', async () => {
  const { id, next } = await left();
  await next.post('/Users', ada);
  const directories = (await ask('{ directories { id state } }')).data.directories as { id: string; state: string }[];
  const live = directories.find(({ state }) => state === 'ACTIVE')!;
  const group = await next.group('Sales', [id]);
  // Requests of every kind run while the directory ends; whoever is answered afterwards has changed nothing.
  let ended = false;
  const storm = Array.from({ length: 4 }, async (_, worker) => {
    for (let turn = 0; !ended; turn++) {
      await next.post('/Users', { userName: `w${worker}-${turn}` });
      await next.patch(`/Groups/${group}`, {
        op: turn % 2 ? 'remove' : 'add',
        path: 'members',
        value: [{ value: id }],
      });
      await next.post('/Groups', { displayName: `g${worker}-${turn}` });
    }
  });
  await disconnect(live.id, 'DELETE');
  const after = await stateOf(hub, tenant.id);
  await new Promise((wait) => setTimeout(wait, 100));
  ended = true;
  await Promise.all(storm);
  expect(await stateOf(hub, tenant.id)).toEqual(after);
  const { data } = await ask(
    'query ($id: ID!) { directory(id: $id) { groups { nodes { id } } } users { nodes { id } } }',
    { id: live.id },
  );
  expect(data).toEqual({ directory: { groups: { nodes: [] } }, users: { nodes: [] } });
});
