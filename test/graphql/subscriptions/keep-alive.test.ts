import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { keepAlive } from '../../../src/graphql/subscriptions/keep-alive.ts';

test('a client that answers pings stays, one that does not is cut off', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (web) => keepAlive(web, 100));
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const alive = new WebSocket(`ws://127.0.0.1:${port}`);
  const silent = new WebSocket(`ws://127.0.0.1:${port}`, { autoPong: false });
  await new Promise((resolve) => silent.once('close', resolve));
  expect(alive.readyState).toBe(WebSocket.OPEN);
  alive.terminate();
  server.close();
});
