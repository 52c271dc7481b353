import type { WebSocket } from 'ws';

/** Below the minute after which proxies give a silent connection up. */
const PING_MS = 25_000;

/** Pings the client, and ends a socket whose last ping was not answered before the next. */
export function keepAlive(web: WebSocket, pauseMs = PING_MS): void {
  let isAlive = true;
  web.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return web.terminate();
    isAlive = false;
    web.ping();
  }, pauseMs).unref();
  web.once('close', () => clearInterval(timer));
}
