import type { ServerResponse } from 'node:http';

/** An answer that stays open and is written message by message. */
export type Wire = {
  /** Resolves when the system has taken the message or the client is gone: the next event is asked for only then. */
  send(event: 'next' | 'complete', data?: unknown): Promise<void>;
  /** Ends the answer after what was sent. */
  end(): void;
  /** Cuts the client off. */
  cut(): void;
};

/** Below the minute after which proxies give a silent connection up. */
const BEAT_MS = 12_000;

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // A proxy that compresses or buffers would hold events back.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  // When the stream ends nothing follows on its connection.
  Connection: 'close',
};

/** Begins to answer with events, the first of which is a comment: some browsers wait for a byte of the body. */
export function openWire(response: ServerResponse, onClosed: () => void, beatMs = BEAT_MS): Wire {
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  void closed.then(onClosed);
  response.on('error', () => {}); // What is wrong with the wire closes it, which is heard above.
  const cut = (): void => void response.socket?.destroy();
  response.writeHead(200, headers);
  beat(response, cut, beatMs);
  // A client that went away before is not heard of again.
  if (response.destroyed || response.socket?.destroyed !== false) response.end().emit('close');
  return {
    send(event, data) {
      if (response.writableEnded || response.destroyed) return Promise.resolve();
      const taken = new Promise<void>((resolve) => response.write(textOf(event, data), () => resolve()));
      return Promise.race([taken, closed]);
    },
    end: () => void response.end(),
    cut,
  };
}

const textOf = (event: string, data: unknown): string =>
  `event: ${event}\ndata:${data === undefined ? '' : ` ${JSON.stringify(data)}`}\n\n`;

/** Sends comments, and cuts off who has not taken one before the next: nobody reads there. */
function beat(response: ServerResponse, cut: () => void, pauseMs: number): void {
  let isTaken = true;
  const send = (): void => {
    isTaken = false;
    response.write(':\n\n', () => {
      isTaken = true;
    });
  };
  send();
  const timer = setInterval(() => (isTaken && !response.writableEnded ? send() : cut()), pauseMs).unref();
  response.once('close', () => clearInterval(timer));
}
