import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';
import { intruder } from './support/intruder.ts';
import { knock, whisper } from './support/knock.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const series = async (): Promise<string[]> => {
  const { text } = await knock(hub.url, { path: '/metrics' });
  return text
    .split('\n')
    .filter((line) => line.startsWith('rollcall_'))
    .map((line) => line.slice(0, line.lastIndexOf(' ')));
};

test('A54 labels stay a closed set under junk paths, methods, statuses and headers', async () => {
  const send = intruder(await hub.newDirectory());
  const methods = [
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'PROPFIND',
    'MKCOL',
    'LOCK',
    'PURGE',
    'M-SEARCH',
    'QUERY',
    'REPORT',
  ];
  for (let round = 0; round < 20; round++) {
    const junk = Math.random().toString(36);
    await Promise.all(
      methods.flatMap((method) => [
        send(method, `/${junk}`),
        send(method, `/Users/${junk}?${junk}=${junk}`),
        knock(hub.url, { method, path: `/${junk}/${junk}` }),
        knock(hub.url, {
          method,
          path: `/scim${junk}`,
          headers: { 'X-Request-Id': junk, 'User-Agent': junk, [`X-${junk}`]: junk },
        }),
        knock(hub.url, { method, path: `/graphql/${junk}` }),
      ]),
    );
    await whisper(hub.url, `${junk} /${junk} HTTP/1.1\r\n\r\n`, 100);
  }
  const found = await series();
  const allowed =
    /^rollcall_http_(requests_total\{room="(scim|graphql|other)",method="(GET|POST|PUT|PATCH|DELETE|other)",status="[1-5]\d\d"\}|request_seconds_(bucket|sum|count)\{(le="[0-9.+Inf]+",)?room="(scim|graphql|other)"\})$/;
  const allowedOfScim =
    /^rollcall_scim_(requests_total\{method="(GET|POST|PUT|PATCH|DELETE|other)",resource="(users|groups|bulk|me|schemas|resourcetypes|serviceproviderconfig|other)",status="[1-5]xx"\}|refusals_total\{type="[A-Za-z]{4,15}"\}|log_dropped_total|log_queue)$/;
  const isKnown = (line: string) =>
    allowed.test(line) ||
    allowedOfScim.test(line) ||
    /^rollcall_(subscription_(sockets|streams)|outbox_(waiting|dead))$/.test(line);
  expect(found.filter((line) => !isKnown(line))).toEqual([]);
  expect(found.length).toBeLessThan(150);
});

test('A54 the health pages take no parameter, name no host or path, and answer GET and HEAD alone', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    const { status, text } = await knock(hub.url, { path: `${path}?x=canary&debug=1` });
    expect([path, status]).toEqual([path, 200]);
    expect(text).not.toMatch(/canary|127\.0\.0\.1|postgres:|\/tmp|node_modules|rollcall_scim_[0-9A-Za-z]{12}_/);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])
      expect((await knock(hub.url, { method, path })).status).toBe(404);
    expect((await knock(hub.url, { method: 'HEAD', path })).text).toBe('');
  }
});
