import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { type Company, companyOf, entraUser } from './company.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const signl4 = (policy = {}) => companyOf(hub, 'SIGNL4', { membershipGate: false, ...policy });

/** Somebody who was made by hand. */
const byHand = async ({ mutate }: Company, userName: string, email: string): Promise<string> =>
  (await mutate(`createUser(input: { userName: "${userName}", email: "${email}", title: "Boss" }) { user { id } }`))
    .user.id;

const requests = async ({ ask }: Company) =>
  (await ask('{ adoptionRequests(open: true) { id reason userName user { id } directory { name } } }')).data
    .adoptionRequests;

test('S23 a person with the e-mail address is adopted: 201 with the id they had, and nothing that they sign in by changes', async () => {
  const company = await signl4();
  const id = await byHand(company, 'old-ada', 'Ada@Example.com');
  const { status, body } = await company.send('ada', { title: 'Pilot' });
  expect([status, body.id, body.userName]).toEqual([201, id, 'ada@example.com']);
  const { data } = await company.ask(
    'query ($id: ID!) { user(id: $id) { status userName email loginId title links { externalId } } }',
    { id },
  );
  expect(data.user).toEqual({
    status: 'ACTIVE',
    userName: 'old-ada',
    email: 'Ada@Example.com',
    loginId: 'old-ada',
    title: 'Pilot',
    links: [{ externalId: 'oid-ada' }],
  });
  expect(await company.eventsOf(id)).toContain('user.adopted');
});

test('S23 nobody is adopted whose e-mail domain is not allowed, nor by a directory that may adopt nobody', async () => {
  const company = await signl4({ adoptDomains: ['example.org'] });
  const id = await byHand(company, 'old-ada', 'ada@example.com');
  expect((await company.send('ada')).body.id).not.toBe(id);
  const never = await companyOf(hub, 'ENTRA_STANDARD');
  const bob = await byHand(never, 'old-bob', 'bob@example.com');
  expect((await never.send('bob')).body.id).not.toBe(bob);
});

test('S23 nobody is adopted whom another directory holds, and nobody of another tenant', async () => {
  const company = await signl4();
  const { body } = await company.send('ada');
  const second = await hub.newDirectory(company.tenant.id, 'SIGNL4', { membershipGate: false });
  const again = await fetch(`${second.scim}/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${second.token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ ...entraUser('ada'), userName: 'other@example.com', externalId: 'x' }),
  });
  expect(again.status).toBe(201);
  expect(((await again.json()) as { id: string }).id).not.toBe(body.id);
  const elsewhere = await signl4();
  expect((await elsewhere.send('ada')).body.id).not.toBe(body.id);
});

test('S23 where an admin is to decide, the record is 409 until they do, and then it is that person', async () => {
  const company = await signl4({ adopt: 'ASK' });
  const id = await byHand(company, 'old-ada', 'ada@example.com');
  const first = await company.send('ada');
  expect([first.status, first.body.scimType]).toEqual([409, 'uniqueness']);
  expect((await company.send('ada')).status).toBe(409);
  const [request, ...others] = await requests(company);
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    reason: 'EMAIL',
    userName: 'ada@example.com',
    user: { id },
    directory: { name: 'Entra' },
  });
  const answered = await company.mutate(
    `decideAdoption(id: "${request.id}", decision: APPROVED) { user { id } problems { code } }`,
  );
  expect(answered).toEqual({ user: { id }, problems: [] });
  expect(await requests(company)).toEqual([]);
  const linked = await company.send('ada');
  expect([linked.status, linked.body.id]).toEqual([201, id]);
  const again = await company.mutate(`decideAdoption(id: "${request.id}", decision: DECLINED) { problems { code } }`);
  expect(again.problems).toEqual([{ code: 'NOT_ALLOWED' }]);
});

test('S22 a userName of somebody whom the directory may not adopt is 409, and a question to an admin', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  const id = await byHand(company, 'ada@example.com', 'boss@example.com');
  const { status, body } = await company.send('ada');
  expect([status, body.scimType]).toEqual([409, 'uniqueness']);
  expect(await requests(company)).toMatchObject([{ reason: 'USER_NAME', user: { id } }]);
  expect((await company.client.get(`/Users/${id}`)).status).toBe(404);
});
