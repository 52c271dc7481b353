import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { askAs } from '../ask.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const RENAME = `mutation ($id: ID!, $v: Int!) { updateUser(id: $id, input: { displayName: "Ada" }, ifVersion: $v) {
  user { version } problems { code path ... on VersionConflictProblem { currentVersion } } } }`;

test('the number of the ETag over SCIM is what ifVersion takes, and an older one is a conflict that names it', async () => {
  const tenant = await hub.newTenant();
  const scim = scimClient(await hub.newDirectory(tenant.id));
  const [id] = await scim.people('ada@nordwind.example');
  const etag = async (): Promise<number> => {
    const { headers, body } = await scim.get(`/Users/${id}`);
    expect((body.meta as unknown as { version: string }).version).toBe(headers.get('etag'));
    return Number(/^W\/"(\d+)(?:\.\d+)?"$/.exec(headers.get('etag')!)![1]);
  };
  const ask = askAs(hub, tenant.key);
  const rename = async (v: number) => (await ask(RENAME, { id, v })).data.updateUser;
  await scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Engineer' });
  const read = await etag();
  await scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Manager' });
  const current = await etag();
  expect(current).toBeGreaterThan(read);
  expect(await rename(read)).toEqual({
    user: null,
    problems: [{ code: 'VERSION_CONFLICT', path: ['ifVersion'], currentVersion: current }],
  });
  expect(await etag()).toBe(current);
  expect(await rename(current)).toEqual({ user: { version: current + 1 }, problems: [] });
  expect(await etag()).toBe(current + 1);
});
