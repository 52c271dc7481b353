import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { type Company, companyOf, entraUser, setActive } from './company.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const limit = ({ mutate }: Company, seats: number | null) =>
  mutate(`setSeatLimit(limit: ${seats}) { seats { limit used parked } problems { code message } }`);

/** Timers look every second; a busy machine takes its time. */
const SWEPT = { timeout: 10_000 };

const many = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

test('S25 with one seat left and two POSTs at once, one is skipped with 403 and nothing of them is stored', async () => {
  const company = await companyOf(hub, 'SIGNL4', { membershipGate: false, invite: false });
  await limit(company, 3);
  await company.send('one');
  await company.send('two');
  const answers = await Promise.all([company.send('three'), company.send('four')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
  const refused = answers.find(({ status }) => status === 403)!;
  expect(refused.body.detail).toMatch(/^No seat is left for (three|four)@example.com: all 3 are taken\.$/);
  expect((await company.client.get('/Users')).body.totalResults).toBe(3);
  expect(await company.seats()).toEqual({ limit: 3, used: 3, parked: 0 });
});

test('S25 where policy parks, the rest is 201 and waits, and the oldest comes in as soon as a seat is free', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  await limit(company, 1);
  const [ada, bob, eve] = [await company.send('ada'), await company.send('bob'), await company.send('eve')];
  expect([ada, bob, eve].map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(await company.seen(bob.body.id)).toMatchObject({ status: 'PARKED', waitsFor: 'SEAT' });
  expect(await company.seats()).toEqual({ limit: 1, used: 1, parked: 2 });
  await company.client.delete(`/Users/${ada.body.id}`);
  expect(await company.seen(bob.body.id)).toMatchObject({ status: 'ACTIVE', waitsFor: null });
  expect(await company.seen(eve.body.id)).toMatchObject({ status: 'PARKED' });
  const raised = await limit(company, 2);
  expect(raised).toEqual({ seats: { limit: 2, used: 2, parked: 0 }, problems: [] });
  expect(await company.seen(eve.body.id)).toMatchObject({ status: 'ACTIVE' });
});

test.each(['PARK', 'SKIP'] as const)(
  'I5 64 parallel creates fill 50 seats exactly, with onSeatsFull %s',
  async (onSeatsFull) => {
    const company = await companyOf(hub, 'ENTRA_STANDARD', { onSeatsFull });
    await limit(company, 50);
    const answers = await Promise.all(many(64).map((name) => company.send(name)));
    const made = answers.filter(({ status }) => status === 201).length;
    expect(made).toBe(onSeatsFull === 'PARK' ? 64 : 50);
    expect(await company.seats()).toEqual({ limit: 50, used: 50, parked: made - 50 });
    const { data } = await company.ask('{ users(first: 100, where: { status: [ACTIVE] }) { nodes { id } } }');
    expect(data.users.nodes).toHaveLength(50);
  },
);

test('I5 creates and deletes at once leave no seat free while somebody waits', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  await limit(company, 10);
  const first = await Promise.all(many(10).map((name) => company.send(name)));
  const more = many(20).map((name) => company.send(`more-${name}`));
  const gone = first.slice(0, 6).map(({ body }) => company.client.delete(`/Users/${body.id}`));
  await Promise.all([...more, ...gone]);
  expect(await company.seats()).toEqual({ limit: 10, used: 10, parked: 14 });
});

test('a limit that comes while people are being made counts every one of them', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  const creates = many(40).map((name) => company.send(name));
  const [set] = await Promise.all([limit(company, 30), ...creates]);
  expect(set.problems).toEqual([]);
  const { used, parked } = await company.seats();
  expect(used + parked).toBe(40);
  expect(used).toBeGreaterThanOrEqual(30);
  expect(parked === 0 || used === 30).toBe(true);
});

test('S20 deleting a deactivated person frees their seat, which they had kept', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  await limit(company, 1);
  const [ada, bob] = [await company.send('ada'), await company.send('bob')];
  await company.client.patch(`/Users/${ada.body.id}`, setActive(false));
  expect(await company.seen(bob.body.id)).toMatchObject({ status: 'PARKED' });
  await company.mutate(`deleteUser(id: "${ada.body.id}") { problems { code } }`);
  expect(await company.seen(bob.body.id)).toMatchObject({ status: 'ACTIVE' });
  const restored = await company.mutate(`restoreUser(id: "${ada.body.id}") { user { status } problems { code } }`);
  expect(restored).toEqual({ user: { status: 'DEACTIVATED' }, problems: [] });
  await company.client.patch(`/Users/${ada.body.id}`, setActive(true));
  expect(await company.seen(ada.body.id)).toMatchObject({ status: 'PARKED' });
});

test('stakeholders use no seat, and a person made by hand for whom none is left is refused with how seats stand', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  await limit(company, 0);
  const made = await company.mutate('createUser(input: { userName: "kim", kind: STAKEHOLDER }) { user { status } }');
  expect(made.user).toEqual({ status: 'ACTIVE' });
  const refused = await company.mutate(
    'createUser(input: { userName: "lee" }) { user { id } problems { code ... on SeatLimitProblem { seats { limit used } } } }',
  );
  expect(refused).toEqual({ user: null, problems: [{ code: 'SEAT_LIMIT', seats: { limit: 0, used: 0 } }] });
});

test('without a limit everybody who waited comes in', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  await limit(company, 1);
  await Promise.all(many(5).map((name) => company.send(name)));
  expect(await limit(company, null)).toEqual({ seats: { limit: null, used: 5, parked: 0 }, problems: [] });
});

const stakeholder = {
  roles: [{ type: 'WindowsAzureActiveDirectoryRole', value: JSON.stringify({ id: 'x', value: 'Stakeholder' }) }],
};

test('S25 whom a change of rules makes a member when no seat is left waits, where policy skips new people too', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD', { onSeatsFull: 'SKIP' });
  await company.mutate('setRoleRules(rules: [{ appRole: "Stakeholder", kind: STAKEHOLDER }]) { problems { code } }');
  await limit(company, 1);
  const [ada, bob] = [await company.send('ada'), await company.send('bob', stakeholder)];
  await company.mutate('setRoleRules(rules: []) { problems { code } }');
  await expect.poll(() => company.seen(bob.body.id), SWEPT).toMatchObject({ kind: 'MEMBER', status: 'PARKED' });
  await company.client.delete(`/Users/${ada.body.id}`);
  expect(await company.seen(bob.body.id)).toMatchObject({ status: 'ACTIVE', waitsFor: null });
});

test('I15 the last owner stays in when a rule makes them a member and no seat is left, beyond the limit', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  await company.mutate('setRoleRules(rules: [{ appRole: "Stakeholder", kind: STAKEHOLDER }]) { problems { code } }');
  await limit(company, 0);
  const { body } = await company.send('ada', stakeholder);
  const { data } = await company.ask('{ roles { id key } }');
  const owner = data.roles.find(({ key }: { key: string }) => key === 'owner').id;
  await company.mutate(`grantRole(user: "${body.id}", role: "${owner}") { problems { code } }`);
  await company.client.patch(`/Users/${body.id}`, { op: 'Remove', path: 'roles' });
  expect(await company.seen(body.id)).toMatchObject({ kind: 'MEMBER', status: 'ACTIVE' });
  expect(await company.seats()).toEqual({ limit: 0, used: 1, parked: 0 });
});

test('S25 of people who join a group when seats run out, who finds none waits, and the group is made', async () => {
  const company = await companyOf(hub, 'SIGNL4', { invite: false });
  await limit(company, 2);
  const people = await Promise.all(many(3).map((name) => company.send(name)));
  const group = await company.client.group(
    'Team',
    people.map(({ body }) => String(body.id)),
  );
  expect(await company.client.members(group)).toHaveLength(3);
  expect(await company.seats()).toEqual({ limit: 2, used: 2, parked: 1 });
  const seen = await Promise.all(people.map(({ body }) => company.seen(body.id)));
  expect(seen.map((one) => one?.status).sort()).toEqual(['ACTIVE', 'ACTIVE', 'PARKED']);
});

test('a directory that takes over people for whom no seat is left has them wait, and the other one can go', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD', { roleGate: ['*'] });
  await limit(company, 0);
  const { body } = await company.send('ada');
  const other = await hub.newDirectory(company.tenant.id, 'ENTRA_STANDARD', { onSeatsFull: 'SKIP' });
  const link = 'linkUser(user: $user, directory: $directory, externalId: "oid-ada") { problems { message } }';
  await company.ask(`mutation ($user: ID!, $directory: ID!) { ${link} }`, { user: body.id, directory: other.id });
  const linked = await scimClient(other).post('/Users', entraUser('ada'));
  expect([linked.status, linked.body.id]).toEqual([201, body.id]);
  const disconnect = `disconnectDirectory(id: "${company.directory.id}", plan: KEEP_MANUAL) { problems { message } }`;
  expect(await company.mutate(disconnect)).toEqual({ problems: [] });
  expect(await company.seen(body.id)).toMatchObject({ status: 'PARKED' });
});
