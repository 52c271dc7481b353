import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';

/** A code as it reached a phone. */
export type Sms = { to: string; code: string; text: string };

/** Whoever sends text messages for the hub, over real HTTP. */
export type SmsGateway = {
  url: string;
  /** Everything that was taken, the oldest first. */
  taken: Sms[];
  /** The newest code to that number, once there are so many. */
  codeTo(number: string, count?: number): Promise<string>;
  /** Refuses that many messages from now on. */
  refuse(count: number): void;
  stop(): Promise<void>;
};

/** Starts a gateway on loopback. */
export async function startSmsGateway(): Promise<SmsGateway> {
  const taken: Sms[] = [];
  let refusals = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (refusals-- > 0) return response.writeHead(503).end();
    taken.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`,
    taken,
    async codeTo(number, count = 1) {
      const own = () => taken.filter(({ to }) => to === number);
      await vi.waitUntil(() => own().length >= count, { timeout: 15_000, interval: 20 });
      return own()[count - 1]!.code;
    },
    refuse(count) {
      refusals = count;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
