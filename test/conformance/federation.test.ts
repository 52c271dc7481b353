import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runConformance } from '../../src/conformance/run.ts';
import { WrongPeer } from './wrong-peer.ts';

const peer = new WrongPeer();
const seen: string[] = [];
const issuer = http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  seen.push(body);
  const wrong = !body.includes('client_assertion=proof');
  response.writeHead(wrong ? 401 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(wrong ? { error: 'invalid_client' } : { access_token: 'traded', token_type: 'Bearer' }));
});
let url: string;
let tokenEndpoint: string;
beforeAll(async () => {
  url = await peer.listen();
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  tokenEndpoint = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/token`;
});
afterAll(() => {
  peer.close();
  issuer.close();
});

const run = (assertion?: string) =>
  runConformance({
    ...{ url, token: 'x', name: 'a peer', dialects: ['verbose'], only: 'Federated_Identity' },
    ...(assertion !== undefined && { federation: { tokenEndpoint, clientId: 'client', assertion } }),
  });

test('A15 Federated_Identity trades the assertion as RFC 7523 says, and reads with the token', async () => {
  expect((await run('proof')).outcomes).toMatchObject([{ mark: 'pass' }]);
  const sent = new URLSearchParams(seen.at(-1));
  expect(Object.fromEntries(sent)).toEqual({
    grant_type: 'client_credentials',
    client_id: 'client',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'proof',
    scope: 'scim',
  });
});

test('A15 Federated_Identity fails when no token is given, and the report does not hold the assertion', async () => {
  const report = await run('another-secret');
  expect(report.outcomes).toMatchObject([{ mark: 'fail', why: 'status 200' }]);
  expect(JSON.stringify(report)).not.toContain('another-secret');
});

test('Federated_Identity is skipped, not passed, when nothing is known for it', async () => {
  expect((await run()).outcomes).toMatchObject([{ mark: 'skip', why: expect.stringContaining('--assertion-file') }]);
});
