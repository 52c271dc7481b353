import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
let tenantId: string;
let client: ReturnType<typeof scimClient>;
let base: string;
beforeAll(async () => {
  hub = await startHub();
  tenantId = (await hub.newTenant()).id;
  const directory = await hub.newDirectory(tenantId);
  client = scimClient(directory);
  base = directory.scim;
});
afterAll(() => hub?.stop());

const tag = async (id: string) => (await client.get(`/Users/${id}`)).headers.get('etag');

describe('the groups of a person', () => {
  test('RFC 7643 §4.1.2 are read with them, alone and in lists, and left out where there is none', async () => {
    const [ada, bob] = await client.people('ada', 'bob');
    const group = await client.group('Crew', [ada!]);
    const groups = [{ value: group, $ref: `${base}/Groups/${group}`, display: 'Crew', type: 'direct' }];
    expect((await client.get(`/Users/${ada}`)).body.groups).toEqual(groups);
    expect((await client.get(`/Users/${bob}`)).body).not.toHaveProperty('groups');
    const { body } = await client.get('/Users?filter=userName%20eq%20"ada"');
    expect(body.Resources).toMatchObject([{ groups }]);
  });

  test('RFC 7644 §3.9 are shown as a projection says, and not the groups of another directory', async () => {
    const [eve] = await client.people('eve');
    await client.group('Alpha', [eve!]);
    const keys = async (query: string) => Object.keys((await client.get(`/Users/${eve}?${query}`)).body);
    expect(await keys('excludedAttributes=groups')).not.toContain('groups');
    expect(await keys('attributes=groups.display')).toEqual(['schemas', 'id', 'groups']);
    const other = scimClient(await hub.newDirectory(tenantId));
    expect((await other.get('/Users?attributes=groups')).body.Resources).toEqual([]);
  });

  test('RFC 7644 §3.14 change the version: joining, leaving and a new name', async () => {
    const [id] = await client.people('fay');
    const seen = [await tag(id!)];
    const group = await client.group('Beta', [id!]);
    seen.push(await tag(id!));
    await client.patch(`/Groups/${group}`, { op: 'replace', path: 'displayName', value: 'Gamma' });
    seen.push(await tag(id!));
    expect(new Set(seen).size).toBe(3);
    await client.patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${id}"]` });
    expect(await tag(id!)).toBe(seen[0]);
    const listed = await client.get('/Users?filter=userName%20eq%20"fay"&excludedAttributes=groups');
    expect((listed.body.Resources as unknown as { meta: { version: string } }[])[0]!.meta.version).toBe(seen[0]);
  });
});
