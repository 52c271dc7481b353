import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { intruder, operations } from './support/intruder.ts';
import { knock, whisper } from './support/knock.ts';

let hub: Hub;
let directory: TestDirectory;
let id: string;
beforeAll(async () => {
  hub = await startHub();
  directory = await hub.newDirectory();
  id = (await intruder(directory)('POST', '/Users', { userName: 'ada' })).json.id;
});
afterAll(() => hub?.stop());

const evil = 'evil.example';
const disguises: Record<string, string>[] = [
  { Host: evil },
  { Host: `${evil}:80` },
  { Host: `127.0.0.1@${evil}` },
  { 'X-Forwarded-Host': evil, 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '443', 'X-Forwarded-For': evil },
  { Forwarded: `for=${evil};host=${evil};proto=https` },
  { 'X-Host': evil, 'X-Original-Host': evil, 'X-Rewrite-URL': `http://${evil}/`, 'X-Original-URL': `http://${evil}/` },
  { Referer: `http://${evil}/`, Origin: `http://${evil}` },
  { 'X-Forwarded-Prefix': `/${evil}`, 'X-Forwarded-Path': `/${evil}`, 'X-Forwarded-Server': evil },
];

describe('a request that claims another host', () => {
  test.each(disguises)('A31 gets the addresses of PUBLIC_URL all the same: %j', async (headers) => {
    const send = intruder(directory);
    const userName = `u-${JSON.stringify(headers)}`.replaceAll(evil, 'e');
    const replies = [
      await send('POST', '/Users', { userName }, headers),
      await send('GET', `/Users/${id}`, undefined, headers),
      await send('GET', '/Users', undefined, headers),
      await send('PATCH', `/Users/${id}`, operations(), headers),
      await send('GET', '/ServiceProviderConfig', undefined, headers),
      await send('GET', '/Schemas', undefined, headers),
      await send('GET', '/ResourceTypes', undefined, headers),
      await send('GET', '/nothing', undefined, headers),
      await knock(hub.url, { path: '/scim/v2/Users', headers }),
      await knock(hub.url, { path: '/', headers }),
      await knock(hub.url, { path: '/readyz', headers }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 200, 200, 404, 401, 404, 200]);
    for (const { text, headers: answered } of replies) expect(text + JSON.stringify(answered)).not.toContain(evil);
    expect(replies[0]!.headers.location).toBe(`${hub.url}/scim/v2/Users/${replies[0]!.json.id}`);
    expect(replies[1]!.json.meta.location).toBe(`${hub.url}/scim/v2/Users/${id}`);
  });

  test('A31 as the id of a manager stays inside the address it is put into', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    for (const value of [`//${evil}/x`, `../../../${evil}`, `x?y=${evil}#z`, `@${evil}`, '\u202e']) {
      const change = operations({ op: 'replace', path: `${urn}:manager`, value });
      const { json } = await intruder(directory)('PATCH', `/Users/${id}`, change);
      expect(json[urn].manager.value).toBe(value);
      expect(json[urn].manager.$ref).toBe(`${hub.url}/scim/v2/Users/${encodeURIComponent(value)}`);
    }
    await intruder(directory)('PATCH', `/Users/${id}`, operations({ op: 'remove', path: `${urn}:manager` }));
  });

  test('A31 in the request line itself gets no address of its own either', async () => {
    const lines = [
      `http://${evil}/scim/v2/Users/${id}`,
      `https://${evil}:1/scim/v2//Users/${id}`,
      `http://user:secret@${evil}/scim/v2/Users/`,
    ];
    for (const path of lines) {
      const { status, text, headers } = await knock(hub.url, {
        path,
        headers: { Authorization: `Bearer ${directory.token}` },
      });
      expect([path, status]).toEqual([path, 200]);
      expect(text + JSON.stringify(headers)).not.toContain(evil);
    }
  });

  test('A31 A55 in a form that is no address is refused, never a server error', async () => {
    const lines = [
      'http://[::1',
      'http://[/scim/v2/Users',
      'http://a b/',
      'http://%/scim/v2/Users',
      '*',
      '?',
      '//',
      '///evil',
      'scim/v2/Users',
      'http:',
      'http://:x/',
      '/\\evil/scim',
      'http://[::1]:99999/scim/v2//Users',
    ];
    for (const line of lines) {
      for (const method of ['GET', 'OPTIONS', 'POST']) {
        const heard = await whisper(
          hub.url,
          `${method} ${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
          2_000,
        );
        expect([method, line, heard.slice(0, 12)]).toEqual([method, line, expect.stringMatching(/^HTTP\/1.1 4/)]);
      }
    }
    expect((await intruder(directory)('GET', `/Users/${id}`)).status).toBe(200);
  });
});
