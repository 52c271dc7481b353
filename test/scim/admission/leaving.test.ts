import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepPeople } from '../../../src/domain/sweeps/sweep-people.ts';
import { systemActor } from '../../../src/domain/system-actor.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { companyOf, entraUser, setActive } from './company.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

test('DS4 a SCIM DELETE is 204 and then 404, the person stays deactivated, and a later POST is the same person', async () => {
  const company = await companyOf(hub, 'DYNAMIC_SIGNAL', { roleGate: [] });
  const { body } = await company.send('ada', { title: 'Pilot' });
  expect((await company.client.delete(`/Users/${body.id}`)).status).toBe(204);
  expect((await company.client.delete(`/Users/${body.id}`)).status).toBe(404);
  expect((await company.client.get(`/Users/${body.id}`)).status).toBe(404);
  expect(await company.seen(body.id)).toMatchObject({ status: 'DEACTIVATED', visible: true });
  const again = await company.send('ada', { title: 'Captain' });
  expect([again.status, again.body.id]).toEqual([201, body.id]);
  expect(await company.seen(body.id)).toMatchObject({ status: 'ACTIVE' });
  const { data } = await company.ask('query ($id: ID!) { user(id: $id) { title links { externalId } } }', {
    id: body.id,
  });
  expect(data.user).toEqual({ title: 'Captain', links: [{ externalId: 'oid-ada' }] });
});

test('DS4 what the directory had said of who stays is kept, editable, and told with its source', async () => {
  const company = await companyOf(hub, 'DYNAMIC_SIGNAL', { roleGate: [] });
  const { body } = await company.send('ada', { title: 'Pilot' });
  await company.client.delete(`/Users/${body.id}`);
  const TITLE = 'fields(keys: ["title"]) { value viewerCanEdit winner { source { kind } } shadowed { value } }';
  const title = async () =>
    (await company.ask(`query ($id: ID!) { user(id: $id) { ${TITLE} } }`, { id: body.id })).data.user.fields[0];
  expect(await title()).toMatchObject({
    value: 'Pilot',
    viewerCanEdit: true,
    winner: { source: { kind: 'DIRECTORY' } },
  });
  await company.mutate(`updateUser(id: "${body.id}", input: { title: "Gardener" }) { problems { message } }`);
  expect(await title()).toMatchObject({ value: 'Gardener', shadowed: [{ value: 'Pilot' }] });
  await company.mutate('setFieldRules(rules: [{ key: "title", sourceOfTruth: LATEST }]) { problems { message } }');
  expect(await title()).toMatchObject({ value: 'Gardener', shadowed: [{ value: 'Pilot' }] });
});

test('DS4 the userName of who stays is taken for anybody else', async () => {
  const company = await companyOf(hub, 'DYNAMIC_SIGNAL', { roleGate: [] });
  const { body } = await company.send('ada');
  await company.client.delete(`/Users/${body.id}`);
  const other = await company.client.post('/Users', { ...entraUser('ada'), externalId: 'another' });
  expect([other.status, other.body.scimType]).toEqual([409, 'uniqueness']);
});

test('SE2 an unassigned host is hidden, keeps their history, and is seen again when assigned', async () => {
  const company = await companyOf(hub, 'SIGN_IN_ENTERPRISE');
  const { body } = await company.send('ada');
  const listed = async () => (await company.ask('{ users { nodes { id } } }')).data.users.nodes;
  expect(await listed()).toEqual([{ id: body.id }]);
  await company.client.patch(`/Users/${body.id}`, setActive(false));
  expect(await listed()).toEqual([]);
  expect(await company.seen(body.id)).toMatchObject({ status: 'DEACTIVATED', visible: false });
  expect(await company.eventsOf(body.id)).toEqual(['user.updated', 'user.created']);
  const product = await hub.newKey(company.tenant.id, ['users:read']);
  const asked = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${product}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ user(id: "${body.id}") { id } }` }),
  });
  expect(await asked.json()).toMatchObject({ data: { user: null } });
  await company.client.patch(`/Users/${body.id}`, setActive(true));
  expect(await listed()).toEqual([{ id: body.id }]);
});

test('SE2 a hard DELETE of a host hides them', async () => {
  const company = await companyOf(hub, 'SIGN_IN_ENTERPRISE');
  const { body } = await company.send('ada');
  expect((await company.client.delete(`/Users/${body.id}`)).status).toBe(204);
  expect((await company.client.get(`/Users/${body.id}`)).status).toBe(404);
  expect(await company.seen(body.id)).toMatchObject({ status: 'DEACTIVATED', visible: false });
});

test('S19 a soft delete deactivates and locks; S20 the person can be deleted but not edited, and a later POST is a new one', async () => {
  const company = await companyOf(hub, 'SIGNL4', { membershipGate: false, invite: false });
  const { body } = await company.send('ada');
  await company.client.patch(`/Users/${body.id}`, setActive(false));
  const lock = 'query ($id: ID!) { user(id: $id) { status lock { reason deletable } } }';
  expect((await company.ask(lock, { id: body.id })).data.user).toEqual({
    status: 'DEACTIVATED',
    lock: { reason: 'DIRECTORY_DEACTIVATED', deletable: true },
  });
  const edited = await company.mutate(`updateUser(id: "${body.id}", input: { nickName: "A" }) { problems { code } }`);
  expect(edited.problems).toEqual([{ code: 'USER_LOCKED' }]);
  const deleted = await company.mutate(`deleteUser(id: "${body.id}") { deletedId problems { code } }`);
  expect(deleted).toEqual({ deletedId: body.id, problems: [] });
  expect((await company.client.delete(`/Users/${body.id}`)).status).toBe(404);
  const again = await company.send('ada');
  expect(again.status).toBe(201);
  expect(again.body.id).not.toBe(body.id);
});

test('S21 a deletion that the directory transmits is 204, and the person is gone', async () => {
  const company = await companyOf(hub, 'SIGNL4', { membershipGate: false, invite: false });
  const { body } = await company.send('ada');
  expect((await company.client.delete(`/Users/${body.id}`)).status).toBe(204);
  expect((await company.client.get(`/Users/${body.id}`)).status).toBe(404);
  expect((await company.ask('{ users { nodes { id } } }')).data.users.nodes).toEqual([]);
});

test('DY12 who is deleted in the directory is deleted here, and who is only unassigned after the days that policy says', async () => {
  const company = await companyOf(hub, 'DYNASEND', { removeAfterDeactivatedDays: 7 });
  const [ada, bob, eve] = [await company.send('ada'), await company.send('bob'), await company.send('eve')];
  await company.client.delete(`/Users/${ada.body.id}`);
  expect(await company.seen(ada.body.id)).toMatchObject({ status: 'DELETED' });
  for (const { body } of [bob, eve]) await company.client.patch(`/Users/${body.id}`, setActive(false));
  await company.client.patch(`/Users/${eve.body.id}`, setActive(true));
  await hub.running.database.session(company.tenant.id, (session) =>
    session.ask({ text: "update users set status_at = status_at - interval '8 days'", values: [] }),
  );
  await sweepPeople(hub.running.hub, { actor: systemActor(company.tenant.id), requestId: 'test' });
  expect(await company.seen(bob.body.id)).toMatchObject({ status: 'DELETED' });
  expect(await company.seen(eve.body.id)).toMatchObject({ status: 'ACTIVE' });
});

test('S10 a changed e-mail address does not move what the person signs in by', async () => {
  const company = await companyOf(hub, 'SIGNL4', { membershipGate: false, invite: false });
  const { body } = await company.send('ada');
  const login = async () =>
    (await company.ask('query ($id: ID!) { user(id: $id) { email loginId } }', { id: body.id })).data.user;
  expect(await login()).toEqual({ email: 'ada@example.com', loginId: 'ada@example.com' });
  const path = 'emails[type eq "work"].value';
  await company.client.patch(`/Users/${body.id}`, { op: 'Replace', path, value: 'eve@example.com' });
  expect(await login()).toEqual({ email: 'eve@example.com', loginId: 'ada@example.com' });
});

test('DY3 who was deleted and stays by policy is the same person for the directory that comes after a disconnect', async () => {
  const company = await companyOf(hub, 'SIGN_IN_ENTERPRISE');
  const { body } = await company.send('ada');
  await company.client.delete(`/Users/${body.id}`);
  const disconnect = `disconnectDirectory(id: "${company.directory.id}", plan: KEEP_MANUAL) { problems { code } }`;
  expect(await company.mutate(disconnect)).toEqual({ problems: [] });
  const next = scimClient(await hub.newDirectory(company.tenant.id, 'SIGN_IN_ENTERPRISE'));
  const again = await next.post('/Users', entraUser('ada'));
  expect([again.status, again.body.id]).toEqual([201, body.id]);
  expect(await company.seen(body.id)).toMatchObject({ status: 'ACTIVE', visible: true });
});
