import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
let client: ReturnType<typeof scimClient>;
beforeAll(async () => {
  hub = await startHub();
  client = scimClient(await hub.newDirectory());
  for (const [userName, title] of [
    ['b', 'Zebra'],
    ['A', undefined],
    ['c', 'ant'],
  ])
    await client.post('/Users', { userName, title });
});
afterAll(() => hub?.stop());

const names = async (query: string) => {
  const { body } = await client.get(`/Users?${query}`);
  return (body.Resources as unknown as { userName: string }[]).map(({ userName }) => userName);
};

describe('sortBy', () => {
  test('H5 is ascending unless it says descending; missing values come last, or then first', async () => {
    expect(await names('sortBy=title')).toEqual(['c', 'b', 'A']);
    expect(await names('sortBy=title&sortOrder=descending')).toEqual(['A', 'b', 'c']);
  });

  test('H5 takes names in any case, with their namespace, and of an attribute with parts its value', async () => {
    for (const name of ['USERNAME', 'urn:ietf:params:scim:schemas:core:2.0:User:userName'])
      expect(await names(`sortBy=${name}`)).toEqual(['A', 'b', 'c']);
    expect((await client.get('/Users?sortBy=manager')).status).toBe(200);
  });

  test.each(['favouriteColour', 'name', 'addresses', 'password', 'title.x', 'urn:x:2.0:User:y', '__proto__', 'a b'])(
    'H5 %s is 400 invalidValue and named',
    async (name) => {
      const { status, body } = await client.get(`/Users?sortBy=${encodeURIComponent(name)}`);
      expect({ status, scimType: body.scimType }).toEqual({ status: 400, scimType: 'invalidValue' });
      expect(body.detail).toContain(name);
    },
  );

  test.each(['up', 'asc', 'descending;', '1'])('H5 sortOrder=%s is 400 invalidValue', async (order) => {
    const { status, body } = await client.get(`/Users?sortBy=title&sortOrder=${order}`);
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
  });
});
