import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One message as it came. */
export type Message = {
  path: string;
  id: string;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of any shape.
  body: any;
  /** What it was answered; 0: nothing yet. */
  status: number;
};

/** A receiver of webhooks, as somebody else writes one. */
export async function receiveEvents() {
  const messages: Message[] = [];
  const receiver = {
    messages,
    /** What a message is answered; 0: nothing, ever. */
    answer: (_message: Message): number => 204,
    url: '',
    /** Whether messages of that path are signed by that secret, computed as the specification says. */
    signedBy: (secret: string, { headers, text }: Message): boolean => {
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
      const signature = createHmac('sha256', key).update(content).digest('base64');
      return String(headers['webhook-signature']).split(' ').includes(`v1,${signature}`);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const id = String(request.headers['webhook-id']);
      const message = { path: request.url!, id, headers: request.headers, text, body: JSON.parse(text), status: 0 };
      messages.push(message);
      message.status = receiver.answer(message);
      if (message.status) response.writeHead(message.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}
