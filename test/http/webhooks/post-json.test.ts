import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { postJson } from '../../../src/http/webhooks/post-json.ts';
import { checkedAddress, isPublic } from '../../../src/http/webhooks/public-addresses.ts';

test.each([
  'https://127.1/',
  'https://0.0.0.0/',
  'https://2130706433/',
  'https://169.254.169.254/latest/meta-data',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[64:ff9b::a00:1]/',
  'https://[2002:a00:1::]/',
  'https://[2001:0:a00:1::]/',
  'https://[fe80::1]/',
  'https://[fd00::1]/',
  'https://198.18.0.1/',
  'https://100.64.0.1/',
  'https://localhost/',
])('A42 A43 a webhook never reaches %s', async (url) => {
  await expect(postJson(url, '{}', {}, false)).rejects.toThrow('is not a public address');
});

test('public addresses are public', () => {
  expect(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111'].map(isPublic)).toEqual([true, true, true]);
});

test('plain http is for this machine alone, and only where that is allowed', async () => {
  await expect(checkedAddress(new URL('http://8.8.8.8/'), true)).rejects.toThrow('only https');
  await expect(checkedAddress(new URL('http://127.0.0.1/'), false)).rejects.toThrow('not a public address');
  expect(await checkedAddress(new URL('http://127.0.0.1/'), true)).toEqual({ address: '127.0.0.1', family: 4 });
});

test('A43 a redirect is an answer and is not followed', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await postJson(`http://localhost:${port}/hook`, '{}', {}, true)).toBe(302);
  expect(asked).toEqual(['/hook']);
  server.close();
});
