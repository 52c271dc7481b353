import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendTo } from './wire.ts';

let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify([request.url, request.headers])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ['a raw quote', '/Users?filter=userName+eq+"a%40b"'],
  ['lower-case hex', '/Users?filter=a%2bb'],
  ['a doubled slash', '//Users'],
  ['dots', '/Users/../Groups/'],
])('%s reaches the server unchanged', async (_, path) => {
  const { body } = await sendTo(base, 'token')({ method: 'GET', path, headers: {} });
  expect(JSON.parse(body)[0]).toBe(`/scim/v2${path}`);
});

test('an absolute URL is not put behind the base', async () => {
  const { body } = await sendTo(base, 'token')({ method: 'GET', path: `${base}/Users/1`, headers: {} });
  expect(JSON.parse(body)[0]).toBe('/scim/v2/Users/1');
});

test('no header is added but the token and what HTTP needs', async () => {
  const { body } = await sendTo(base, 'token')({ method: 'POST', path: '/Users', headers: {}, body: '"ü"' });
  const headers = JSON.parse(body)[1];
  expect(Object.keys(headers).sort()).toEqual(['authorization', 'connection', 'content-length', 'host']);
  expect(headers).toMatchObject({ authorization: 'Bearer token', 'content-length': '4' });
});

test('a header of null is left out', async () => {
  const { body } = await sendTo(base, 'token')({ method: 'GET', path: '/Users', headers: { Authorization: null } });
  expect(JSON.parse(body)[1]).not.toHaveProperty('authorization');
});
