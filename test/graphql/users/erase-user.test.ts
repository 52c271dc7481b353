import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepTombstones } from '../../../src/domain/sweeps/sweep-people.ts';
import { systemActor } from '../../../src/domain/system-actor.ts';
import { companyOf } from '../../scim/admission/company.ts';
import { type Hub, startHub } from '../../support/hub.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const TABLES = `select table_name as name from information_schema.tables where table_schema = 'public'`;

/** Every row of every table that a tenant may see, as text. */
const everything = (tenantId: string): Promise<string> =>
  hub.running.database.session(tenantId, async (session) => {
    const rows: unknown[] = [];
    for (const { name } of await session.ask<{ name: string }>({ text: TABLES, values: [] }))
      rows.push(...(await session.ask({ text: `select to_jsonb(t) as row from "${name}" t`, values: [] })));
    return JSON.stringify(rows);
  });

const canary = {
  displayName: 'Canary Display',
  title: 'Canary Title',
  name: { givenName: 'CanaryGiven', familyName: 'CanaryFamily' },
  phoneNumbers: [{ type: 'mobile', value: '+49 151 99988877' }],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Canary Department' },
};
const CANARIES = /canary|\+49 151 99988877/i;

test('DS5 erasing a person removes their values from every table, and events keep nothing but the id', async () => {
  const company = await companyOf(hub, 'DYNAMIC_SIGNAL', { roleGate: [], groups: 'TEAM_PER_GROUP' });
  const { body } = await company.send('canary', canary);
  await company.client.group('Team', [String(body.id)]);
  await company.mutate(`updateUser(id: "${body.id}", input: { nickName: "Canary Nick" }) { problems { code } }`);
  await company.client.get(`/Users?filter=${encodeURIComponent('userName eq "canary@example.com"')}`);
  await company.client.patch(`/Users/${body.id}`, { op: 'Replace', path: 'title', value: 'Canary Title Two' });
  await new Promise((resolve) => setTimeout(resolve, 400)); // The log of requests is written off their path.
  expect(await everything(company.tenant.id)).toMatch(CANARIES);
  const erase = (confirm: string) =>
    company.mutate(`eraseUser(id: "${body.id}", confirm: "${confirm}") { deletedId problems { code path } }`);
  expect(await erase('yes')).toEqual({ deletedId: null, problems: [{ code: 'INVALID_INPUT', path: ['confirm'] }] });
  expect(await erase('canary@example.com')).toEqual({ deletedId: body.id, problems: [] });
  expect(await everything(company.tenant.id)).not.toMatch(CANARIES);
  expect(await company.seen(body.id)).toBeNull();
  const own = async (): Promise<{ name: string; changes: unknown[] }[]> => {
    const { data } = await company.ask('{ events(first: 100) { nodes { name subjectId changes { key } } } }');
    return data.events.nodes.filter(({ subjectId }: { subjectId: string }) => subjectId === body.id);
  };
  // The log shows an event once no older transaction is under way.
  await expect
    .poll(async () => (await own()).map(({ name }) => name))
    .toEqual(expect.arrayContaining(['user.created', 'user.deleted', 'user.erased']));
  expect((await own()).every(({ changes }) => changes.length === 0)).toBe(true);
});

test('DS5 erasing a person removes what a directory asked about them, also from the events of the directory', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD', { adopt: 'ASK' });
  const input = 'userName: "canary", email: "canary@example.com"';
  const { user } = await company.mutate(`createUser(input: { ${input} }) { user { id } }`);
  expect((await company.send('canary')).status).toBe(409);
  const { data } = await company.ask('{ adoptionRequests { externalId } }');
  expect(data.adoptionRequests).toEqual([{ externalId: 'oid-canary' }]);
  await new Promise((resolve) => setTimeout(resolve, 400)); // The log of requests is written off their path.
  const erased = await company.mutate(`eraseUser(id: "${user.id}", confirm: "canary") { problems { code } }`);
  expect(erased).toEqual({ problems: [] });
  expect(await everything(company.tenant.id)).not.toMatch(CANARIES);
});

test('DS5 only a key that may erase people erases anybody', async () => {
  const company = await companyOf(hub, 'DYNAMIC_SIGNAL', { roleGate: [] });
  const { body } = await company.send('ada');
  const key = await hub.newKey(company.tenant.id, ['users:read', 'users:write']);
  const answered = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation { eraseUser(id: "${body.id}", confirm: "ada@example.com") { problems { code } } }`,
    }),
  });
  expect(await answered.json()).toMatchObject({ data: { eraseUser: { problems: [{ code: 'NOT_ALLOWED' }] } } });
  expect(await company.seen(body.id)).toMatchObject({ status: 'ACTIVE' });
});

test('a deleted person is restored under their id with memberships, and no more after 30 days', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  const [ada, bob] = [await company.send('ada'), await company.send('bob')];
  const group = await company.client.group('Team', [String(ada.body.id), String(bob.body.id)]);
  for (const { body } of [ada, bob]) await company.client.delete(`/Users/${body.id}`);
  expect(await company.client.members(group)).toEqual([]);
  const restored = await company.mutate(`restoreUser(id: "${ada.body.id}") { user { id status } problems { code } }`);
  expect(restored).toEqual({ user: { id: ada.body.id, status: 'ACTIVE' }, problems: [] });
  expect(await company.client.members(group)).toEqual([ada.body.id]);
  expect((await company.client.get(`/Users/${ada.body.id}`)).status).toBe(200);
  await hub.running.database.session(company.tenant.id, (session) =>
    session.ask({ text: "update users set status_at = status_at - interval '31 days'", values: [] }),
  );
  await sweepTombstones(hub.running.hub, { actor: systemActor(company.tenant.id), requestId: 'test' });
  const late = await company.mutate(`restoreUser(id: "${bob.body.id}") { user { id } problems { code } }`);
  expect(late).toEqual({ user: null, problems: [{ code: 'NOT_FOUND' }] });
  expect(await everything(company.tenant.id)).not.toContain('bob@example.com');
});

test('a deleted person whose userName somebody else has by now is not restored', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  const { body } = await company.send('ada');
  await company.client.delete(`/Users/${body.id}`);
  await company.send('ada');
  const refused = await company.mutate(`restoreUser(id: "${body.id}") { user { id } problems { code } }`);
  expect(refused).toEqual({ user: null, problems: [{ code: 'NOT_UNIQUE' }] });
});
