import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../http/last-resort.ts';
import type { SignIn } from '../../http/sign-in.ts';
import { carry, chooseProtocol } from './carry.ts';
import { keepAlive } from './keep-alive.ts';
import type { Listening } from './listening.ts';
import { openProtocol, type Socket } from './protocol.ts';

export type SocketParts = { listening: Listening; signIn: SignIn; publicUrl: string; log: Log };

/** What the server hands its upgrades to. */
export type SocketRoom = {
  /** True for a request that is to become a socket here; every other is answered as if it had not asked. */
  wants(request: IncomingMessage): boolean;
  upgrade(request: IncomingMessage, wire: Duplex, head: Buffer): void;
  count(): number;
  /** Closes every socket with 1001; those that do not answer are cut off after two seconds. */
  stop(): Promise<void>;
};

const MOST_SOCKETS = 1_000;
/** The largest query that is read, in characters of up to three bytes, with its variables. */
const LARGEST_MESSAGE_BYTES = 128 * 1024;
const PARTING_MS = 2_000;
const GOING_AWAY = 1001;

/** Subscriptions by WebSocket on `/graphql`. */
export function socketRoom({ listening, signIn, publicUrl, log }: SocketParts): SocketRoom {
  const { sessions } = listening;
  const protocol = openProtocol({ listening, signIn, log });
  const open = new Set<WebSocket>();
  let isOver = false;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: LARGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
    autoPong: false, // Answered in `carry`, within a bound.
    handleProtocols: chooseProtocol,
  });
  const take = (web: WebSocket, request: IncomingMessage): void => {
    const socket: Socket = { request, session: null, streams: 0, close: (code, reason) => web.close(code, reason) };
    open.add(web);
    keepAlive(web);
    carry(web, protocol, socket, log, () => {
      open.delete(web);
      if (socket.session) sessions.leave(socket.session);
    });
  };
  return {
    wants: ({ url, headers }) => url?.split('?')[0] === '/graphql' && headers.upgrade?.toLowerCase() === 'websocket',
    upgrade(request, wire, head) {
      wire.on('error', () => {});
      if (isOver || open.size >= MOST_SOCKETS) return refuse(wire, '503 Service Unavailable', 'Retry-After: 5\r\n');
      if (!isFromHere(request, publicUrl)) return refuse(wire, '403 Forbidden');
      server.handleUpgrade(request, wire, head, (web) => take(web, request));
    },
    count: () => open.size,
    async stop() {
      isOver = true;
      sessions.stop();
      const partings = [...open].map((web) => part(web));
      await Promise.all(partings);
    },
  };
}

/** As for requests, pages of other sites are kept out: a browser names the site it shows (attacks.md A44). */
function isFromHere({ headers: { origin } }: IncomingMessage, publicUrl: string): boolean {
  return origin === undefined || origin === new URL(publicUrl).origin;
}

const refuse = (wire: Duplex, status: string, headers = ''): void =>
  void wire.end(`HTTP/1.1 ${status}\r\n${headers}Connection: close\r\nContent-Length: 0\r\n\r\n`);

function part(web: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => web.terminate(), PARTING_MS);
    web.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    web.close(GOING_AWAY, 'The hub is stopping.');
  });
}
