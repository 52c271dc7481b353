import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAs } from '../../graphql/ask.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { addMember, entraUser, removeMember, setActive } from '../admission/company.ts';
import { brakedCompany } from './stage.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const released = { directory: { state: 'ACTIVE', brake: null }, problems: [] };

test('S30 beyond brakeCreatesPerRun people are answered with 201 and wait, staged and without a seat', async () => {
  const company = await brakedCompany(hub, 0, { brakeCreatesPerRun: 60 });
  const answers = await Promise.all(Array.from({ length: 64 }, (_, n) => company.send(`new-${n}`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  const { data } = await company.ask(
    '{ users(first: 100, where: { status: [STAGED] }) { nodes { id waitsFor } } active: users(first: 100, where: { status: [ACTIVE] }) { nodes { id } } }',
  );
  expect(data.users.nodes.map(({ waitsFor }: { waitsFor: string }) => waitsFor)).toEqual(Array(4).fill('BRAKE'));
  expect(data.active.nodes).toHaveLength(60);
  expect((await company.seats()).used).toBe(60);
  expect(await company.brake()).toMatchObject({
    state: 'BRAKED',
    brake: { reason: 'CREATE', counted: 64, limit: 60, held: { creates: 4, deactivations: 0 } },
  });
  const held = data.users.nodes[0].id;
  expect((await company.client.get(`/Users/${held}`)).body.active).toBe(true);
  await company.client.patch(`/Users/${held}`, { op: 'Replace', path: 'title', value: 'Pilot' });
  expect(await company.seen(held)).toMatchObject({ status: 'STAGED', waitsFor: 'BRAKE' });
});

test('S30 people who wait behind the brake come in when they are allowed', async () => {
  const company = await brakedCompany(hub, 3, { brakeCreatesPerRun: 2 });
  expect(await company.statuses()).toEqual(['ACTIVE', 'ACTIVE', 'STAGED']);
  expect(await company.release('ALLOW_HELD')).toEqual(released);
  expect(await company.statuses()).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
  expect((await company.send('one-more')).status).toBe(201);
  expect((await company.brake()).state).toBe('ACTIVE');
});

test('S30 people who wait behind the brake are deleted when the batch is taken back', async () => {
  const company = await brakedCompany(hub, 3, { brakeCreatesPerRun: 2 });
  expect(await company.release('RESTORE')).toEqual(released);
  expect(await company.statuses()).toEqual(['ACTIVE', 'ACTIVE', 'DELETED']);
  expect((await company.client.get(`/Users/${company.ids[2]}`)).status).toBe(404);
});

test('a deactivation beyond the limit is answered as applied, takes access, and is told as held', async () => {
  const company = await brakedCompany(hub, 8);
  for (const id of company.ids.slice(0, 5)) {
    const { status, body } = await company.client.patch(`/Users/${id}`, setActive(false));
    expect([status, body.active]).toEqual([200, false]);
  }
  expect((await company.statuses()).slice(0, 6)).toEqual([...Array(5).fill('DEACTIVATED'), 'ACTIVE']);
  expect(await company.eventsOf(company.ids[2])).toEqual(['user.updated', 'user.created']);
  expect(await company.eventsOf(company.ids[3])).toEqual(['user.deactivation.held', 'user.created']);
  expect(await company.lockOf(company.ids[2]!)).toMatchObject({ reason: 'DIRECTORY_DEACTIVATED' });
  expect(await company.lockOf(company.ids[3]!)).toEqual({ reason: 'BRAKE', deletable: true });
  const { state, brake } = await company.brake();
  expect(state).toBe('BRAKED');
  expect(brake).toMatchObject({ reason: 'LOSS', counted: 5, limit: 3, decision: null, held: { deactivations: 2 } });
  expect(brake.sample[0].id).toBe(company.ids[3]);
  const found = await company.client.get(`/Users?filter=${encodeURIComponent('userName eq "p4@example.com"')}`);
  expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ active: false }] });
});

test('a deletion beyond the limit is 204 and then 404, and keeps the person with everything', async () => {
  const company = await brakedCompany(hub, 5);
  const group = await company.client.group('Pilots', company.ids);
  for (const id of company.ids) expect((await company.client.delete(`/Users/${id}`)).status).toBe(204);
  for (const id of company.ids) expect((await company.client.get(`/Users/${id}`)).status).toBe(404);
  expect(await company.statuses()).toEqual(['DELETED', 'DELETED', 'DELETED', 'DEACTIVATED', 'DEACTIVATED']);
  expect(await company.client.members(group).catch(() => [])).toEqual([]);
  expect(await company.teamsOf(company.ids[4]!)).toEqual(['Pilots']);
  expect((await company.eventsOf(company.ids[4]))[0]).toBe('user.deletion.held');
  expect((await company.client.delete(`/Users/${company.ids[4]}`)).status).toBe(404);
});

test('RESTORE brings statuses, values, links and memberships back as before, from before the brake too', async () => {
  const company = await brakedCompany(hub, 6);
  const group = await company.client.group('Pilots', company.ids);
  const before = await company.client.get(`/Users/${company.ids[4]}`);
  const [a, b, c, d, e, f] = company.ids as [string, string, string, string, string, string];
  await company.client.delete(`/Users/${a}`);
  await company.client.patch(`/Users/${b}`, setActive(false));
  await company.client.patch(`/Groups/${group}`, removeMember(c));
  await company.client.patch(`/Users/${d}`, setActive(false));
  await company.client.delete(`/Users/${d}`);
  await company.client.delete(`/Users/${e}`);
  await company.client.patch(`/Groups/${group}`, removeMember(f));
  expect((await company.brake()).brake.held).toEqual({ deactivations: 0, deletions: 2, removals: 1, creates: 0 });
  expect(await company.release('RESTORE')).toEqual(released);
  expect(await company.statuses()).toEqual(Array(6).fill('ACTIVE'));
  for (const id of company.ids) expect(await company.teamsOf(id)).toEqual(['Pilots']);
  expect((await company.client.members(group)).sort()).toEqual([...company.ids].sort());
  const after = await company.client.get(`/Users/${e}`);
  expect({ ...after.body, meta: null }).toEqual({ ...before.body, meta: null });
  expect(await company.lockOf(d)).toBeNull();
});

test('ALLOW_HELD carries out what was held, under the ordinary names', async () => {
  const company = await brakedCompany(hub, 6);
  const group = await company.client.group('Pilots', company.ids);
  const [a, b, c, d, e, f] = company.ids as [string, string, string, string, string, string];
  for (const id of [a, b, c]) await company.client.patch(`/Users/${id}`, setActive(false));
  await company.client.patch(`/Users/${d}`, setActive(false));
  await company.client.delete(`/Users/${e}`);
  await company.client.patch(`/Groups/${group}`, removeMember(f));
  expect(await company.teamsOf(f)).toEqual(['Pilots']);
  const destructive = ['user.deactivated', 'user.deleted', 'team.members.removed', 'team.deleted', 'group.deleted'];
  expect(await company.told(...destructive)).toEqual([]);
  expect(await company.release('ALLOW_HELD')).toEqual(released);
  expect(await company.told(...destructive)).toEqual(['team.members.removed', 'user.deactivated', 'user.deleted']);
  expect((await company.statuses()).slice(3)).toEqual(['DEACTIVATED', 'DELETED', 'ACTIVE']);
  expect(await company.teamsOf(f)).toEqual([]);
  expect(await company.lockOf(d)).toMatchObject({ reason: 'DIRECTORY_DEACTIVATED' });
});

test('a group that is deleted under the brake is gone for the directory, and its team stays until decided', async () => {
  const company = await brakedCompany(hub, 5);
  const [pilots, crew] = [
    await company.client.group('Pilots', company.ids),
    await company.client.group('Crew', company.ids),
  ];
  for (const group of [pilots, crew]) expect((await company.client.delete(`/Groups/${group}`)).status).toBe(204);
  for (const group of [pilots, crew]) expect((await company.client.get(`/Groups/${group}`)).status).toBe(404);
  expect(await company.teamsOf(company.ids[0]!)).toEqual(['Crew', 'Pilots']);
  expect((await company.brake()).brake.held).toMatchObject({ removals: 10 });
  expect(await company.release('RESTORE')).toEqual(released);
  expect((await company.client.members(crew)).sort()).toEqual([...company.ids].sort());
  await company.client.delete(`/Groups/${crew}`);
  expect(await company.release('ALLOW_HELD')).toEqual(released);
  expect(await company.teamsOf(company.ids[0]!)).toEqual(['Pilots']);
  expect(await company.told('team.deleted', 'group.deleted', 'group.restored')).toEqual([
    'group.deleted',
    'group.restored',
    'group.restored',
    'team.deleted',
  ]);
});

test('a replaced list of members counts those who leave', async () => {
  const company = await brakedCompany(hub, 5);
  const group = await company.client.group('Pilots', company.ids);
  const body = { displayName: 'Pilots', members: [{ value: company.ids[0] }] };
  const { status } = await company.client.send('PUT', `/Groups/${group}`, body);
  expect(status).toBe(200);
  expect(await company.client.members(group)).toEqual([company.ids[0]]);
  expect((await company.brake()).brake).toMatchObject({ counted: 4, held: { removals: 4 } });
  await company.client.patch(`/Groups/${group}`, addMember(company.ids[1]));
  expect(await company.release('ALLOW_HELD')).toEqual(released);
  expect(await company.teamsOf(company.ids[1]!)).toEqual(['Pilots']);
  expect(await company.teamsOf(company.ids[2]!)).toEqual([]);
});

test('30 percent of 60 people trip the default brake, and 20 percent do not', async () => {
  const company = await brakedCompany(hub, 60, { brakeMinimum: 10, brakePercent: 20 });
  for (const id of company.ids.slice(0, 12)) await company.client.patch(`/Users/${id}`, setActive(false));
  expect((await company.brake()).state).toBe('ACTIVE');
  for (const id of company.ids.slice(12, 18)) await company.client.patch(`/Users/${id}`, setActive(false));
  expect(await company.brake()).toMatchObject({ state: 'BRAKED', brake: { counted: 18, limit: 12 } });
});

test('a directory of 10 people never trips by default', async () => {
  const company = await brakedCompany(hub, 10, { brakeMinimum: 10, brakePercent: 20 });
  for (const id of company.ids) await company.client.patch(`/Users/${id}`, setActive(false));
  for (const id of company.ids) await company.client.delete(`/Users/${id}`);
  expect((await company.brake()).state).toBe('ACTIVE');
});

test('16 deactivations at once at the edge trip exactly once, and exactly the limit is carried out', async () => {
  const company = await brakedCompany(hub, 16);
  const answers = await Promise.all(company.ids.map((id) => company.client.patch(`/Users/${id}`, setActive(false))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await company.told('directory.braked')).toHaveLength(1);
  expect(await company.told('user.updated')).toHaveLength(3);
  expect(await company.told('user.deactivation.held')).toHaveLength(13);
});

test('the brake of one directory leaves another one of the tenant alone', async () => {
  const company = await brakedCompany(hub, 5);
  const other = await hub.newDirectory(company.tenant.id, 'ENTRA_STANDARD', { brakeMinimum: 3 });
  for (const id of company.ids) await company.client.delete(`/Users/${id}`);
  const { data } = await company.ask('query ($id: ID!) { directory(id: $id) { state brake { reason } } }', {
    id: other.id,
  });
  expect(data.directory).toEqual({ state: 'ACTIVE', brake: null });
  expect((await company.brake()).state).toBe('BRAKED');
});

test('whom the directory activates again is held no more, and stays whatever is decided', async () => {
  const company = await brakedCompany(hub, 5);
  for (const id of company.ids) await company.client.patch(`/Users/${id}`, setActive(false));
  await company.client.patch(`/Users/${company.ids[4]}`, setActive(true));
  expect(await company.seen(company.ids[4])).toMatchObject({ status: 'ACTIVE', waitsFor: null });
  expect(await company.release('ALLOW_HELD')).toEqual(released);
  expect((await company.statuses())[4]).toBe('ACTIVE');
  expect(await company.told('user.deactivated')).toHaveLength(1);
});

test('a brake that is off cannot be released, and a directory whose brake is on cannot be disconnected', async () => {
  const company = await brakedCompany(hub, 5);
  expect((await company.release('RESTORE')).problems).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  for (const id of company.ids) await company.client.delete(`/Users/${id}`);
  const ended = await company.mutate(
    `disconnectDirectory(id: "${company.directory.id}", plan: DELETE) { problems { code } }`,
  );
  expect(ended.problems).toEqual([{ code: 'BRAKE_ENGAGED' }]);
});

test('what left the window of an hour counts no more', async () => {
  const company = await brakedCompany(hub, 6);
  for (const id of company.ids.slice(0, 3)) await company.client.patch(`/Users/${id}`, setActive(false));
  await hub.running.database.session(company.tenant.id, (session) =>
    session.ask({ text: `update brake_people set counted_at = counted_at - interval '61 minutes'`, values: [] }),
  );
  for (const id of company.ids.slice(3)) await company.client.patch(`/Users/${id}`, setActive(false));
  expect((await company.brake()).state).toBe('ACTIVE');
});

test('whom the directory deleted and sends again is the same person, and another one of that userName a new one', async () => {
  const company = await brakedCompany(hub, 6);
  for (const id of company.ids) await company.client.delete(`/Users/${id}`);
  const [same, other] = [await company.send('p4'), await company.send('p5', { externalId: 'oid-other' })];
  expect([same.status, other.status]).toEqual([201, 201]);
  expect(same.body.id).toBe(company.ids[4]);
  expect(other.body.id).not.toBe(company.ids[5]);
  expect((await company.statuses()).slice(3)).toEqual(['DEACTIVATED', 'ACTIVE', 'DELETED']);
  expect(await company.release('RESTORE')).toEqual(released);
  expect((await company.statuses()).slice(3)).toEqual(['ACTIVE', 'ACTIVE', 'DELETED']);
});

test('a key that acts for a person whom the brake holds is refused at once', async () => {
  const company = await brakedCompany(hub, 5);
  const asPerson = askAs(hub, company.tenant.key, company.ids[4]);
  expect((await asPerson('{ viewer { label } }')).errors).toBeUndefined();
  for (const id of company.ids) await company.client.patch(`/Users/${id}`, setActive(false));
  expect((await asPerson('{ viewer { label } }')).data?.viewer ?? null).toBeNull();
});

test('a person whom another directory holds as well stays active, and in their team until it is decided', async () => {
  const company = await brakedCompany(hub, 5);
  const group = await company.client.group('Pilots', company.ids);
  const both = company.ids[4]!;
  const other = await hub.newDirectory(company.tenant.id);
  await company.mutate(
    `linkUser(user: "${both}", directory: "${other.id}", externalId: "oid-p4") { problems { code } }`,
  );
  expect((await scimClient(other).post('/Users', entraUser('p4'))).body.id).toBe(both);
  for (const id of company.ids) await company.client.delete(`/Users/${id}`);
  expect(await company.seen(both)).toMatchObject({ status: 'ACTIVE' });
  expect((await company.client.get(`/Users/${both}`)).status).toBe(404);
  expect(await company.teamsOf(both)).toEqual(['Pilots']);
  expect(await company.release('RESTORE')).toEqual(released);
  expect((await company.client.get(`/Users/${both}`)).status).toBe(200);
  expect(await company.client.members(group)).toContain(both);
});
