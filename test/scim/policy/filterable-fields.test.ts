import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const host = (name: string) => ({
  userName: name,
  emails: [{ type: 'work', value: `${name}@x.example` }],
  name: { givenName: name, familyName: 'X' },
});
const hosts = async () => scimClient(await hub.newDirectory(undefined, 'SIGN_IN_ENTERPRISE'));

test('SE9 hosts are found by userName and by id', async () => {
  const client = await hosts();
  const { body } = await client.post('/Users', host('ada'));
  for (const filter of ['userName eq "ADA"', `id eq "${body.id}"`, `userName sw "a" and id eq "${body.id}"`])
    expect((await client.find('/Users', filter)).body.Resources).toMatchObject([{ id: body.id }]);
});

test.each([
  ['externalId', 'externalId eq "x"'],
  ['displayName', 'displayName pr'],
  ['active', 'userName eq "ada" and active eq true'],
  ['name.givenName', 'not (name.givenName sw "A")'],
  ['emails', 'emails[type eq "work"].value eq "x"'],
  ['emails.value', 'emails.value eq "x"'],
  ['manager', 'manager eq "x"'],
  ['meta.created', 'meta.created gt "2026-01-01T00:00:00Z"'],
  ['urn:own:badge', 'urn:own:badge eq "x"'],
])('SE9 a filter on %s, which the preset does not list, is refused by that name', async (name, filter) => {
  const client = await hosts();
  const refused = {
    scimType: 'invalidFilter',
    detail: expect.stringContaining(`filter by ${name}, only by id, username`),
  };
  for (const place of ['/Users', '/']) {
    expect((await client.find(place, filter)).body).toMatchObject(refused);
    expect((await client.post(`${place}/.search`, { filter })).body).toMatchObject(refused);
  }
});

test('SE9 parts of a listed attribute may be asked for, whatever else is listed', async () => {
  const listed = ['email', 'givenName', 'department', 'manager'];
  const client = scimClient(await hub.newDirectory(undefined, 'CUSTOM', { filterableFields: listed }));
  const status = async (filter: string) => (await client.find('/Users', filter)).status;
  expect(await status('emails.value eq "x"')).toBe(200);
  expect(await status('emails[type eq "work" and value eq "x"]')).toBe(200);
  expect(await status('name.givenName eq "x" or department eq "y"')).toBe(200);
  expect(await status('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "x"')).toBe(200);
  expect(await status('name.familyName eq "x"')).toBe(400);
  expect(await status('name pr')).toBe(400);
  expect(await status('costCenter eq "x"')).toBe(400);
});

test('SE10 host groups are found by displayName and read without their members', async () => {
  const client = await hosts();
  const { body } = await client.post('/Users', host('ada'));
  const group = await client.group('Front desk', [String(body.id)]);
  const path = `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "front DESK"')}`;
  const [found] = (await client.get(path)).body.Resources as unknown as object[];
  expect(found).toMatchObject({ id: group, displayName: 'Front desk' });
  expect(found).not.toHaveProperty('members');
  expect((await client.get(`/Groups/${group}?excludedAttributes=members`)).body).not.toHaveProperty('members');
  for (const filter of [`members eq "${body.id}"`, 'externalId pr or displayName pr', `id eq "${group}"`])
    expect((await client.find('/Groups', filter)).body.totalResults).toBe(1);
  expect((await client.find('/Groups', 'description pr')).body.scimType).toBe('invalidFilter');
});
