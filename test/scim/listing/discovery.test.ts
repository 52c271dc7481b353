import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
let base: string;
beforeAll(async () => {
  hub = await startHub();
  base = `${hub.url}/scim/v2`;
});
afterAll(() => hub?.stop());

const places = ['/ServiceProviderConfig', '/Schemas', '/ResourceTypes', '/ResourceTypes/User', '/Schemas/'];

describe('discovery', () => {
  test.each(places)('F2 %s is read before sign-in, and is the same after it', async (place) => {
    const open = await fetch(`${base}${place}`);
    expect(open.status).toBe(200);
    expect(open.headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    const client = scimClient(await hub.newDirectory());
    expect(await open.json()).toEqual((await client.get(place)).body);
  });

  test.each(places)('F2 %s does not pass wrong credentials off as right', async (place) => {
    expect((await fetch(`${base}${place}`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  });

  test('F2 only reading is open', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      expect((await fetch(`${base}/Schemas`, { method })).status).toBe(401);
    expect((await fetch(`${base}/Schemas`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${base}/Users`)).status).toBe(401);
  });

  test('H5 refusals are the same before sign-in', async () => {
    for (const [place, status] of [
      ['/Schemas?filter=id%20pr', 403],
      ['/ServiceProviderConfig?filter=id%20pr', 403],
      ['/Schemas/urn:nobody', 404],
      ['/ResourceTypes/Nobody', 404],
    ] as const) {
      const answer = await fetch(`${base}${place}`);
      expect([place, answer.status, ((await answer.json()) as { status: string }).status]).toEqual([
        place,
        status,
        `${status}`,
      ]);
    }
  });

  test('H5 lists are ListResponses, and each resource is at its location', async () => {
    for (const place of ['/Schemas', '/ResourceTypes']) {
      const list = (await (await fetch(`${base}${place}`)).json()) as {
        schemas: string[];
        totalResults: number;
        Resources: { meta: { location: string; resourceType: string } }[];
      };
      expect(list.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
      expect(list.totalResults).toBe(list.Resources.length);
      for (const one of list.Resources) expect(await (await fetch(one.meta.location)).json()).toEqual(one);
    }
  });
});
