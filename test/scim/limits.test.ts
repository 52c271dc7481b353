import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

describe('a name too long to be found again', () => {
  const long = 'ŵ'.repeat(1500);

  test.each([
    ['userName', '/Users', { userName: long }],
    ['externalId', '/Users', { userName: 'ada', externalId: long }],
    ['displayName', '/Groups', { displayName: long }],
    ['externalId', '/Groups', { displayName: 'g', externalId: long }],
  ])('G1 is 400 and names %s of %s', async (attribute, path, body) => {
    const client = scimClient(await hub.newDirectory());
    const answer = await client.post(path, body);
    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(answer.body.detail).toMatch(new RegExp(`^${attribute} `));
  });

  test('G1 is refused on PATCH too, and the person stays as they were', async () => {
    const client = scimClient(await hub.newDirectory());
    const [id] = await client.people('ada');
    const replace = { op: 'Replace', path: 'userName', value: long };
    expect((await client.patch(`/Users/${id}`, replace)).status).toBe(400);
    expect((await client.get(`/Users/${id}`)).body.userName).toBe('ada');
  });

  test('a long display name or e-mail is kept whole: only the search key is cut', async () => {
    const client = scimClient(await hub.newDirectory());
    const emails = [{ type: 'work', value: `${'a'.repeat(5000)}@x.example` }];
    const { status, body } = await client.post('/Users', { userName: 'ada', displayName: long, emails });
    expect(status).toBe(201);
    expect(body).toMatchObject({ displayName: long, emails });
  });
});
