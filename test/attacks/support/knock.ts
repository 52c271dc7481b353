import { type OutgoingHttpHeaders, request as open } from 'node:http';
import { connect } from 'node:net';

/** What came back, byte for byte; `json` is the parsed body, null when it is none. */
export type Reply = { status: number; headers: Record<string, string>; text: string; json: Reached };

/** A parsed body that tests reach into. */
// biome-ignore lint/suspicious/noExplicitAny: what the hub answers is what the tests are to find out.
export type Reached = any;

export type Knock = { method?: string; path: string; headers?: OutgoingHttpHeaders; body?: string | Buffer };

/** Sends one request as it is: the path is not normalised, and no header is added but Host and Content-Length. */
export const knock = (origin: string, { method = 'GET', path, headers, body }: Knock): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const outgoing = open(
      { hostname, port, method, path, headers: { ...length, ...headers }, agent: false },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('error', reject);
        reply.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const received = Object.fromEntries(
            Object.entries(reply.headers).map(([name, value]) => [name, String(value)]),
          );
          resolve({ status: reply.statusCode!, headers: received, text, json: parsed(text) });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

function parsed(text: string): Reached {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Writes bytes to a connection and gives back all that comes until the other side closes it or `milliseconds` pass. */
export const whisper = (origin: string, bytes: string | Buffer, milliseconds = 1_000): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
    setTimeout(() => socket.destroy(), milliseconds);
  });
