import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepPeople } from '../../../src/domain/sweeps/sweep-people.ts';
import { systemActor } from '../../../src/domain/system-actor.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { addMember, type Company, companyOf, removeMember, setActive } from './company.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const role = (value: string) => ({ op: 'Add', path: 'roles', value: [{ value, display: value, primary: true }] });

/** Without invitations, so that who is let in is active at once. */
const signl4 = (policy = {}) => companyOf(hub, 'SIGNL4', { invite: false, ...policy });

/** Lets time pass for everybody who waits, and looks who is due. */
async function hoursLater({ tenant }: Company): Promise<void> {
  await hub.running.database.session(tenant.id, async (session) => {
    const back = "interval '5 hours'";
    await session.ask({ text: `update users set status_at = status_at - ${back}`, values: [] });
    await session.ask({ text: `update user_sources set groupless_since = groupless_since - ${back}`, values: [] });
  });
  await sweepPeople(hub.running.hub, { actor: systemActor(tenant.id), requestId: 'test' });
}

test('DS1 who comes without an app role is staged, and a later role lets them in', async () => {
  const company = await companyOf(hub, 'DYNAMIC_SIGNAL');
  const { status, body } = await company.send('ada');
  expect(status).toBe(201);
  expect(await company.seen(body.id)).toMatchObject({ status: 'STAGED', waitsFor: 'ROLE' });
  expect((await company.client.patch(`/Users/${body.id}`, role('Member'))).status).toBe(200);
  expect(await company.seen(body.id)).toMatchObject({ status: 'ACTIVE', waitsFor: null });
});

test('DS1 the default app role lets nobody in, nor does one that is not accepted', async () => {
  const company = await companyOf(hub, 'DYNAMIC_SIGNAL');
  const roles = (value: string) => ({ roles: [{ value, display: value }] });
  const plain = await company.send('bob', roles('Default Access'));
  expect(await company.seen(plain.body.id)).toMatchObject({ status: 'STAGED' });
  await company.update({ roleGate: ['Manager'] });
  const member = await company.send('eve', roles('Member'));
  expect(await company.seen(member.body.id)).toMatchObject({ status: 'STAGED' });
  const manager = await company.send('amy', roles('manager'));
  expect(await company.seen(manager.body.id)).toMatchObject({ status: 'ACTIVE' });
});

test('S16 a person who is in no group is 201 and staged, and their first group lets them in', async () => {
  const company = await signl4();
  const { status, body } = await company.send('ada');
  expect([status, body.active]).toEqual([201, true]);
  expect(await company.seen(body.id)).toMatchObject({ status: 'STAGED', waitsFor: 'GROUP' });
  const group = await company.client.group('Team');
  expect((await company.client.patch(`/Groups/${group}`, addMember(body.id))).status).toBe(204);
  expect(await company.seen(body.id)).toMatchObject({ status: 'ACTIVE', waitsFor: null });
  expect(await company.eventsOf(body.id)).toContain('user.activated');
});

test('S16 a group that comes with its members lets them in, and so does a whole-list change', async () => {
  const company = await signl4();
  const [ada, bob] = [await company.send('ada'), await company.send('bob')];
  const group = await company.client.group('Team', [String(ada.body.id)]);
  expect(await company.seen(ada.body.id)).toMatchObject({ status: 'ACTIVE' });
  await company.client.patch(`/Groups/${group}`, { op: 'Replace', path: 'members', value: [{ value: bob.body.id }] });
  expect(await company.seen(bob.body.id)).toMatchObject({ status: 'ACTIVE' });
});

test('S16 who gets into no group in time is rejected: gone for SCIM, and the log says why', async () => {
  const company = await signl4();
  const { body } = await company.send('ada');
  await hoursLater(company);
  expect((await company.client.get(`/Users/${body.id}`)).status).toBe(404);
  expect(await company.seen(body.id)).toMatchObject({ status: 'DELETED' });
  const { data } = await company.ask('{ events(names: ["user.deleted"]) { nodes { actor changes { key to } } } }');
  expect(data.events.nodes).toEqual([
    { actor: expect.any(String), changes: expect.arrayContaining([{ key: 'reason', to: 'NO_GROUP' }]) },
  ]);
  expect((await company.send('ada')).status).toBe(201);
});

test('S17 a move from group to group keeps the person, and the loss of the last group removes them after the grace', async () => {
  const company = await signl4();
  const { body } = await company.send('ada');
  const [one, two] = [await company.client.group('One', [String(body.id)]), await company.client.group('Two')];
  await company.client.patch(`/Groups/${one}`, removeMember(body.id));
  await company.client.patch(`/Groups/${two}`, addMember(body.id));
  await hoursLater(company);
  expect(await company.seen(body.id)).toMatchObject({ status: 'ACTIVE' });
  await company.client.patch(`/Groups/${two}`, removeMember(body.id));
  expect(await company.seen(body.id)).toMatchObject({ status: 'ACTIVE' });
  await hoursLater(company);
  expect(await company.seen(body.id)).toMatchObject({ status: 'DELETED' });
  expect((await company.client.get(`/Users/${body.id}`)).status).toBe(404);
});

test('S17 the deletion of a group counts as a loss, and deactivation alone does not', async () => {
  const company = await signl4();
  const [ada, bob] = [await company.send('ada'), await company.send('bob')];
  const group = await company.client.group('One', [String(ada.body.id)]);
  await company.client.group('Two', [String(bob.body.id)]);
  await company.client.patch(`/Users/${bob.body.id}`, setActive(false));
  await company.client.delete(`/Groups/${group}`);
  await hoursLater(company);
  expect(await company.seen(ada.body.id)).toMatchObject({ status: 'DELETED' });
  expect(await company.seen(bob.body.id)).toMatchObject({ status: 'DEACTIVATED' });
});

test('S17 where policy only deactivates, the next group brings the person back', async () => {
  const company = await signl4({ onLastGroupLost: 'DEACTIVATE' });
  const { body } = await company.send('ada');
  const group = await company.client.group('One', [String(body.id)]);
  await company.client.patch(`/Groups/${group}`, removeMember(body.id));
  await hoursLater(company);
  expect(await company.seen(body.id)).toMatchObject({ status: 'DEACTIVATED', waitsFor: 'GROUP' });
  await company.client.patch(`/Users/${body.id}`, { op: 'Replace', path: 'title', value: 'Pilot' });
  expect(await company.seen(body.id)).toMatchObject({ status: 'DEACTIVATED' });
  await company.client.patch(`/Groups/${group}`, addMember(body.id));
  expect(await company.seen(body.id)).toMatchObject({ status: 'ACTIVE', waitsFor: null });
});

test('S18 false, then true: memberships are as they were', async () => {
  const company = await signl4();
  const { body } = await company.send('ada');
  const group = await company.client.group('One', [String(body.id)]);
  await company.client.patch(`/Users/${body.id}`, setActive(false));
  expect(await company.seen(body.id)).toMatchObject({ status: 'DEACTIVATED' });
  expect(await company.client.members(group)).toEqual([body.id]);
  await company.client.patch(`/Users/${body.id}`, setActive(true));
  expect(await company.seen(body.id)).toMatchObject({ status: 'ACTIVE' });
  expect(await company.client.members(group)).toEqual([body.id]);
});
