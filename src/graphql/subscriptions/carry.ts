import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { parseJson } from '../../http/body.ts';
import { isUnavailable, type Log } from '../../http/last-resort.ts';
import type { Socket } from './protocol.ts';

/** What may wait to be sent when a client asks for more; one that only talks and never reads is cut off. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024;

/** Carries messages between a socket and the protocol, and says when the socket has closed. */
export function carry(web: WebSocket, protocol: Server<Socket>, socket: Socket, log: Log, onClosed: () => void): void {
  const hears = (): boolean => {
    if (web.bufferedAmount > MOST_WAITING_BYTES) web.terminate();
    return web.readyState === web.OPEN;
  };
  const closed = protocol.opened(
    {
      protocol: web.protocol || 'none',
      // Resolves when the system has taken the message: the next event is asked for only then.
      send: (text) =>
        new Promise((resolve) => {
          if (web.readyState === web.OPEN) web.send(text, () => resolve());
          else resolve();
        }),
      close: (code, reason) => web.close(code, reason),
      onMessage: (take) =>
        web.on('message', (data, isBinary) => {
          if (!hears()) return;
          const text = isBinary ? null : String(data);
          if (text === null || !isFlat(text)) return web.close(4400, 'Invalid message received');
          take(text).catch((error) => endWith(web, error, log));
        }),
    },
    socket,
  );
  web.on('ping', (data) => {
    if (hears()) web.pong(data);
  });
  web.on('error', () => {}); // What is wrong with the wire closes the socket, which is heard below.
  web.once('close', (code, reason) => {
    onClosed();
    closed(code, String(reason)).catch((error) => log(`bug subscriptions ${error.stack}`));
  });
}

/** Deeper JSON than a request may hold overflows the stack of what walks it. */
function isFlat(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

function endWith(web: WebSocket, error: Error, log: Log): void {
  const isAway = isUnavailable(error);
  log(`${isAway ? 'unavailable' : 'bug'} subscriptions ${error.stack}`);
  if (isAway) web.close(1013, 'Try again later');
  else web.close(4500, 'Something went wrong here.');
}

/** Of the protocols that a client offers, the one that is spoken here. */
export const chooseProtocol = (offered: ReadonlySet<string>): string | false =>
  offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL;
