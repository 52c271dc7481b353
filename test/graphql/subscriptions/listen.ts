import { type Client, createClient, type ExecutionResult } from 'graphql-ws';
import WebSocket from 'ws';

/** An event as the tests select it. */
export type Heard = { id: string; cursor: string; name: string };

/** A subscription with everything that it was sent so far. */
export type Listening = {
  events: Heard[];
  /** Whatever ended it: errors of the subscription, or why the socket closed. */
  ended: Promise<unknown>;
  end(): void;
};

export const EVENTS =
  'subscription ($after: String, $names: [String!]) { events(after: $after, names: $names) { id cursor name } }';

/** The address of the sockets of a hub at that URL. */
export const socketUrl = (url: string): string => `${url.replace('http', 'ws')}/graphql`;

/** A client as front-ends have it, which does not try again. */
export const clientAs = (url: string, key: string): Client =>
  createClient({
    url: socketUrl(url),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    lazyCloseTimeout: 0,
  });

type Wanted = { after?: string | null; names?: string[] | null };

/** Listens to the log of whoever has that key. */
export function listen(url: string, key: string, wanted: Wanted = {}, query = EVENTS): Listening {
  const events: Heard[] = [];
  const client = clientAs(url, key);
  let end = () => {};
  const ended = new Promise<unknown>((resolve) => {
    end = client.subscribe<{ events: Heard }>(
      { query, variables: wanted },
      {
        next: ({ data, errors }: ExecutionResult<{ events: Heard }>) => {
          if (data) events.push(data.events);
          if (errors) resolve(errors);
        },
        error: resolve,
        complete: () => resolve(null),
      },
    );
  }).finally(() => client.dispose());
  return { events, ended, end };
}

/** A socket that speaks the protocol by hand. */
export type RawSocket = {
  web: WebSocket;
  /** Everything it was sent, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into messages of any shape.
  heard: any[];
  say(message: unknown): void;
  closed: Promise<{ code: number; reason: string }>;
};

/** Opens such a socket; rejects with the status when there is no upgrade. */
export function rawSocket(url: string, headers: Record<string, string> = {}, options = {}): Promise<RawSocket> {
  const web = new WebSocket(url, 'graphql-transport-ws', { headers, ...options });
  const heard: unknown[] = [];
  web.on('message', (data) => heard.push(JSON.parse(String(data))));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    web.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  const say = (message: unknown) => web.send(typeof message === 'string' ? message : JSON.stringify(message));
  return new Promise((resolve, reject) => {
    web.once('open', () => resolve({ web, heard, say, closed }));
    web.once('error', reject);
  });
}
