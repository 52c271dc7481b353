import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidOf } from '../../../src/domain/ids.ts';
import { writeCursor } from '../../../src/scim/listing/cursor.ts';
import { type Hub, startHub, type TestDirectory } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
let tenantId: string;
let directory: TestDirectory;
let client: ReturnType<typeof scimClient>;
beforeAll(async () => {
  hub = await startHub();
  tenantId = (await hub.newTenant()).id;
  directory = await hub.newDirectory(tenantId);
  client = scimClient(directory);
  await client.people('a', 'b', 'c');
  await Promise.all(['x', 'y'].map((name) => client.group(name)));
});
afterAll(() => hub?.stop());

const cursorOf = async (path: string) => String((await client.get(`${path}cursor=&count=1`)).body.nextCursor);
const refusal = async (path: string, as = client) => {
  const { status, body } = await as.get(path);
  return [status, body.scimType];
};

describe('a cursor', () => {
  test('RFC 9865 is refused for any other directory, endpoint, filter or order', async () => {
    const cursor = await cursorOf('/Users?');
    const same = scimClient(await hub.newDirectory(tenantId));
    const other = scimClient(await hub.newDirectory());
    for (const as of [same, other])
      expect(await refusal(`/Users?cursor=${cursor}`, as)).toEqual([400, 'invalidCursor']);
    for (const path of ['/Groups?', '?', '/Users?sortBy=userName&', '/Users?filter=userName%20pr&']) {
      expect([path, ...(await refusal(`${path}cursor=${cursor}`))]).toEqual([path, 400, 'invalidCursor']);
    }
    expect(await refusal(`/Users?cursor=${cursor}`)).toEqual([200, undefined]);
  });

  test('RFC 9865 is refused when one character of it is another, and when it is none at all', async () => {
    const cursor = await cursorOf('/Users?');
    for (let at = 0; at < cursor.length; at += 7) {
      const forged = `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`;
      expect([at, ...(await refusal(`/Users?cursor=${forged}`))]).toEqual([at, 400, 'invalidCursor']);
    }
    for (const junk of ['1', '.', 'a.b', '%00', `${cursor}x`, 'x'.repeat(9_000)])
      expect(await refusal(`/Users?cursor=${encodeURIComponent(junk)}`)).toEqual([400, 'invalidCursor']);
  });

  test('RFC 9865 expires', async () => {
    const binding = [tenantId, uuidOf('dir', directory.id), 'User', null, '', false];
    const place = {
      side: 'after' as const,
      place: [uuidOf('usr', 'usr_00000000000000000000000000')!],
      count: 1,
      total: 3,
    };
    const write = (age: number) => writeCursor(hub.running.hub.seal, binding, place, Date.now() - age * 1000);
    expect(await refusal(`/Users?cursor=${write(10)}`)).toEqual([200, undefined]);
    expect(await refusal(`/Users?cursor=${write(3700)}`)).toEqual([400, 'expiredCursor']);
  });

  test('RFC 9865 goes with the count of its list, which may be left out, and with no startIndex', async () => {
    const cursor = await cursorOf('/Users?');
    expect(await refusal(`/Users?cursor=${cursor}&count=1`)).toEqual([200, undefined]);
    expect(await refusal(`/Users?cursor=${cursor}&count=2`)).toEqual([400, 'invalidCount']);
    for (const count of ['x', '1.5', '1e3'])
      expect(await refusal(`/Users?cursor=&count=${count}`)).toEqual([400, 'invalidCount']);
    expect(await refusal('/Users?cursor=&startIndex=1')).toEqual([400, 'invalidValue']);
  });

  test('RFC 9865 count=0 and less than that give the total alone', async () => {
    for (const count of [0, -5]) {
      const { body } = await client.get(`/Users?cursor=&count=${count}`);
      expect(body).toEqual({ schemas: body.schemas, totalResults: 3, itemsPerPage: 0, Resources: [] });
    }
  });

  test('RFC 9865 is not what a client gets that did not ask for one', async () => {
    const { body } = await client.get('/Users?count=1');
    expect(body).toMatchObject({ startIndex: 1, totalResults: 3 });
    expect(body).not.toHaveProperty('nextCursor');
  });

  test('RFC 9865 is published with its limits', async () => {
    expect((await client.get('/ServiceProviderConfig')).body).toMatchObject({
      sort: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 200,
        cursorTimeout: 3600,
      },
    });
  });
});
