import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAs } from '../../graphql/ask.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { type Company, companyOf, setActive } from './company.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

/** Who a sign-in with that object id of Entra is. */
const whoSignsIn = async ({ ask, directory }: Company, externalId: string): Promise<string | undefined> => {
  const query = 'query ($oid: String!, $directory: ID!) { userBy(externalId: $oid, directory: $directory) { id } }';
  return (await ask(query, { oid: externalId, directory: directory.id })).data.userBy?.id;
};

test('C14 who signed in before they are provisioned is that same person afterwards', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  const { user } = await company.mutate('createUser(input: { userName: "signed-in-first" }) { user { id } }');
  await company.mutate(
    `linkUser(user: "${user.id}", directory: "${company.directory.id}", externalId: "oid-ada") { problems { code } }`,
  );
  const { status, body } = await company.send('ada');
  expect([status, body.id]).toEqual([201, user.id]);
  expect(await whoSignsIn(company, 'oid-ada')).toBe(user.id);
});

test('C14 who is provisioned first is found at their first sign-in, by nothing but the object id', async () => {
  const company = await companyOf(hub, 'ENTRA_STANDARD');
  const { body } = await company.send('ada');
  expect(await whoSignsIn(company, 'oid-ada')).toBe(body.id);
  expect(await whoSignsIn(company, 'ada@example.com')).toBeUndefined();
});

test('DS7 whoever is disabled is refused from the next request on, and let in again when they are enabled', async () => {
  const company = await companyOf(hub, 'DYNAMIC_SIGNAL', { roleGate: [] });
  const { body } = await company.send('ada');
  const path = `/Users/${body.id}`;
  const ada = askAs(hub, company.tenant.key, String(body.id));
  const asks = async () => (await ada('{ viewer { user { id } } }')).status;
  expect(await asks()).toBe(200);
  await company.client.patch(path, setActive(false));
  expect(await asks()).toBe(403);
  await company.client.patch(path, setActive(true));
  expect(await asks()).toBe(200);
});
