import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { intruder, isScimError, operations } from './support/intruder.ts';
import { knock, whisper } from './support/knock.ts';
import { eventsOf, stateOf } from './support/state.ts';

let hub: Hub;
let tenantId: string;
let directory: TestDirectory;
let id: string;
let group: string;
beforeAll(async () => {
  hub = await startHub();
  tenantId = (await hub.newTenant()).id;
  directory = await hub.newDirectory(tenantId);
  id = (await intruder(directory)('POST', '/Users', { userName: 'ada' })).json.id;
  group = (await intruder(directory)('POST', '/Groups', { displayName: 'G' })).json.id;
});
afterAll(() => hub?.stop());

const writes = (): [method: string, place: string][] => [
  ['POST', '/Users'],
  ['PUT', `/Users/${id}`],
  ['PATCH', `/Users/${id}`],
  ['POST', '/Groups'],
  ['PUT', `/Groups/${group}`],
  ['PATCH', `/Groups/${group}`],
];

/** Sends it to every place that takes a body; all must be refused so, with one event each, and change nothing. */
async function demandRefused(status: number, body: string | Buffer, headers: Record<string, string> = {}) {
  const before = await stateOf(hub, tenantId);
  for (const [method, place] of writes()) {
    const events = (await eventsOf(hub, tenantId, 'request.refused')).length;
    const reply = await intruder(directory)(method, place, body, headers);
    expect([method, place, reply.status, isScimError(reply)]).toEqual([method, place, status, true]);
    expect(await eventsOf(hub, tenantId, 'request.refused')).toHaveLength(events + 1);
  }
  expect(await stateOf(hub, tenantId)).toEqual(before);
}

const good = '{"userName":"eve","displayName":"eve","Operations":[{"op":"add","path":"displayName","value":"x"}]}';

describe('a body in another form', () => {
  test.each([
    'utf-16',
    'utf-16le',
    'UTF-32',
    'iso-8859-1',
    'latin1',
    'utf-7',
    'us-ascii',
    'windows-1252',
    '""',
    'utf-8;charset=utf-16',
    'x'.repeat(500),
  ])('A45 charset %s is 415', async (charset) => {
    const bytes = charset.startsWith('utf-16') ? Buffer.from(good, 'utf16le') : good;
    await demandRefused(415, bytes, { 'Content-Type': `application/scim+json; charset=${charset}` });
  });

  test.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8'])('A45 charset %s is read', async (charset) => {
    const headers = { 'Content-Type': `application/scim+json;charset=${charset}` };
    expect((await intruder(directory)('PUT', `/Users/${id}`, { userName: 'ada' }, headers)).status).toBe(200);
  });

  test.each(['gzip', 'deflate', 'br', 'zstd', 'compress', 'x-gzip', 'identity, gzip', 'GZIP'])(
    'A45 Content-Encoding %s is 415',
    async (encoding) => {
      await demandRefused(415, gzipSync(good), { 'Content-Encoding': encoding });
    },
  );

  test.each([
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json-patch+json',
    '',
    'application/json, text/plain',
  ])('A44 A45 Content-Type %j is 415', async (type) => {
    await demandRefused(415, good, { 'Content-Type': type });
  });

  test('A45 bytes that are no UTF-8 are 400', async () => {
    const bytes = [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xc0, 0x80], [0xe2, 0x82]];
    for (const bad of bytes)
      await demandRefused(
        400,
        Buffer.concat([Buffer.from(good.slice(0, 14)), Buffer.from(bad), Buffer.from(good.slice(14))]),
      );
    await demandRefused(400, Buffer.from(good, 'utf16le'));
  });

  test('A45 what is no JSON object is 400', async () => {
    for (const body of [
      '',
      ' ',
      '{',
      '[',
      'null',
      '1',
      '"x"',
      '[]',
      '[{}]',
      'true',
      'NaN',
      "{'a':1}",
      '{"a":1,}',
      '{"a":undefined}',
      `${good}${good}`,
      '//x\n{}',
      '\ufeff\ufeff{}',
      '\0',
      '{"a"',
    ])
      await demandRefused(400, body);
  });
});

describe('a body that is too much', () => {
  test('A63 one byte more than 1 MiB is 413, and 1 MiB is read', async () => {
    const body = (size: number) => `{"userName":"eve","x":"${'x'.repeat(size - 25)}"}`;
    expect(Buffer.byteLength(body(1024 * 1024))).toBe(1024 * 1024);
    await demandRefused(413, body(1024 * 1024 + 1));
    await demandRefused(400, body(1024 * 1024)); // The text in it is too long for an attribute.
  });

  test('A63 20 MB are answered by 413 while they are still on their way, with and without a length', async () => {
    const body = Buffer.alloc(20 * 1024 * 1024, ' ');
    expect((await intruder(directory)('POST', '/Users', body)).status).toBe(413);
    const { token } = directory;
    const head = `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const chunk = Buffer.from(`${(1 << 20).toString(16)}\r\n${' '.repeat(1 << 20)}\r\n`);
    const heard = await whisper(hub.url, Buffer.concat([Buffer.from(head), chunk, chunk, chunk]), 5_000);
    expect(heard).toMatch(/^HTTP\/1.1 413/);
    expect(heard.toLowerCase()).toContain('connection: close');
  });

  test('A63 nesting of 33, 65 and 200,000 levels is 400', async () => {
    for (const depth of [33, 65, 5_000, 200_000]) {
      await demandRefused(
        400,
        `{"userName":"x","displayName":"x","a":${'['.repeat(depth)}${']'.repeat(depth)},"Operations":[{"op":"add","value":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}]}`,
      );
      await demandRefused(400, '['.repeat(depth));
    }
    for (const depth of [33, 60]) {
      const nested = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
      await demandRefused(
        400,
        `{"userName":"x","displayName":"x","a":${nested},"Operations":[{"op":"add","path":"a","value":${nested}}]}`,
      );
    }
  });

  test('A63 lists of tens of thousands are 413 or 400, and change nothing', async () => {
    const before = await stateOf(hub, tenantId);
    const many = (count: number, one: unknown) => Array.from({ length: count }, () => one);
    const attempts: [method: string, place: string, body: unknown][] = [
      ['PATCH', `/Users/${id}`, operations(...many(1_001, { op: 'add', path: 'title', value: 'x' }))],
      ['PATCH', `/Users/${id}`, operations(...many(20_000, {}))],
      ['PATCH', `/Users/${id}`, operations({ op: 'add', path: 'emails', value: many(20_000, { value: 'x' }) })],
      ['PATCH', `/Users/${id}`, operations({ op: 'add', path: 'unknown', value: many(20_000, 1) })],
      ['POST', '/Users', { userName: 'eve', emails: many(30_000, { value: 'x' }) }],
      [
        'POST',
        '/Users',
        { userName: 'eve', ...Object.fromEntries(many(30_000, 0).map((_, index) => [`a${index}`, 1])) },
      ],
      ['POST', '/Groups', { displayName: 'Eve', members: many(200_000, '1') }],
      ['POST', '/Groups', { displayName: 'Eve', members: many(20_000, { value: `usr_${'0'.repeat(26)}` }) }],
      ['PUT', `/Groups/${group}`, { displayName: 'G', members: many(100_000, 'ab') }],
      ['PATCH', `/Groups/${group}`, operations({ op: 'add', path: 'members', value: many(100_000, 'ab') })],
      ['PATCH', `/Groups/${group}`, operations({ op: 'remove', path: 'members', value: many(60_000, { value: 'a' }) })],
    ];
    for (const [index, [method, place, body]] of attempts.entries()) {
      const [attack, other] = await Promise.all([
        intruder(directory)(method, place, body),
        intruder(directory)('GET', `/Users/${id}`),
      ]);
      expect([index, attack.status, isScimError(attack)]).toEqual([index, expect.toBeOneOf([400, 413]), true]);
      expect(other.status).toBe(200);
    }
    expect(await stateOf(hub, tenantId)).toEqual(before);
  });
});

describe('a page', () => {
  test('A63 never holds more than 200, whatever count says', async () => {
    const crowd = await hub.newDirectory();
    const send = intruder(crowd);
    for (let start = 0; start < 240; start += 40) {
      await Promise.all(
        Array.from({ length: 40 }, (_, index) => send('POST', '/Users', { userName: `u${start + index}` })),
      );
    }
    for (const count of ['1000000000', '1000000', '9'.repeat(30), '201', '200']) {
      const { status, json } = await send('GET', `/Users?count=${count}`);
      expect([count, status, json.Resources?.length, json.totalResults]).toEqual([count, 200, 200, 240]);
    }
    for (const start of ['1000000000', '9'.repeat(30)]) {
      const { status, json } = await send('GET', `/Users?startIndex=${start}`);
      expect([start, status, json.Resources?.length, json.totalResults]).toEqual([start, 200, 0, 240]);
    }
    for (const count of ['0', '-5', `-${'9'.repeat(30)}`]) {
      const { status, json } = await send('GET', `/Users?count=${count}`);
      expect([count, status, json.Resources?.length, json.totalResults]).toEqual([count, 200, 0, 240]);
    }
  });
});

describe('a connection', () => {
  test('A63 with thousands of headers or a very long one is refused, and the next one is served', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_900 }, (_, index) => [`X-${index}`, 'x']));
    expect([200, 431]).toContain((await intruder(directory)('GET', `/Users/${id}`, undefined, many)).status);
    for (const name of ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Request-Id', 'Cookie', 'Accept', 'If-None-Match']) {
      const long = await intruder(directory)('GET', `/Users/${id}`, undefined, { [name]: ' ,a'.repeat(5_000) });
      expect([name, long.status]).toEqual([name, expect.toBeOneOf([200, 431])]);
    }
    const huge = await intruder(directory)('GET', `/Users/${id}`, undefined, {
      'X-Forwarded-For': 'x'.repeat(100_000),
    }).catch(() => null);
    expect([431, undefined]).toContain(huge?.status);
    expect((await knock(hub.url, { path: '/healthz' })).status).toBe(200);
  });

  test('A63 that brings its request slowly is ended by the server: its times are set', () => {
    const { server } = hub.running;
    expect(server.headersTimeout).toBe(20_000);
    expect(server.requestTimeout).toBe(60_000);
    expect(server.keepAliveTimeout).toBe(65_000);
  });

  test('A63 that smuggles a second request into the first is refused', async () => {
    const head = `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${directory.token}\r\nContent-Type: application/json\r\n`;
    const inner = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const lengths of [
      'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n',
      'Content-Length: 4\r\nContent-Length: 40\r\n',
      'Transfer-Encoding: gzip\r\n',
      'Content-Length: +4\r\n',
      'Transfer-Encoding : chunked\r\n',
    ]) {
      const heard = await whisper(hub.url, `${head}${lengths}\r\n0\r\n\r\n${inner}`);
      expect([lengths, heard.slice(0, 12)]).toEqual([lengths, 'HTTP/1.1 400']);
      expect(heard).not.toContain('"ok"');
    }
  });
});
