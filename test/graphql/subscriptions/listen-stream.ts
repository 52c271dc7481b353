import { type Client, createClient, type ExecutionResult, NetworkError } from 'graphql-sse';
import { EVENTS, type Heard, type Listening } from './listen.ts';

/** The address of the streams of a hub at that URL. */
export const streamUrl = (url: string): string => `${url}/graphql/stream`;

/** A client as front-ends have it, which does not try again. */
export const streamClientAs = <Single extends boolean>(url: string, key: string, single: Single, person?: string) =>
  createClient<Single>({
    url: streamUrl(url),
    headers: { authorization: `Bearer ${key}`, ...(person ? { 'x-rollcall-act-as': person } : {}) },
    singleConnection: single,
    retryAttempts: 0,
  } as Parameters<typeof createClient<Single>>[0]);

type Wanted = { after?: string | null; names?: string[] | null };

/** Listens with that client. */
export function hear(client: Client<boolean>, wanted: Wanted = {}, query = EVENTS): Listening {
  const events: Heard[] = [];
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
  });
  return { events, ended, end };
}

/** Listens to the log of whoever has that key, on a connection of its own. */
export const listenToStream = (url: string, key: string, wanted: Wanted = {}, query = EVENTS): Listening =>
  hear(streamClientAs(url, key, false), wanted, query);

/** The status that ended a subscription before it began. */
export const statusOf = (ended: unknown): number | undefined =>
  ended instanceof NetworkError ? (ended.response as Response | undefined)?.status : undefined;

/** Asks the address of the streams by hand. */
export const askStream = (url: string, key: string | null, method: string, more: RequestInit = {}, query = '') =>
  fetch(`${streamUrl(url)}${query}`, {
    ...more,
    method,
    headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...more.headers },
  });

const EVENT_STREAM = { accept: 'text/event-stream' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Subscribes on a connection of its own; the body is the stream. */
export const subscribeByHand = (url: string, key: string, body: unknown, signal?: AbortSignal) =>
  askStream(url, key, 'POST', {
    headers: { ...EVENT_STREAM, ...JSON_TYPE },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });

/** Reserves a connection; returns its token. */
export async function reserve(url: string, key: string): Promise<string> {
  const answer = await askStream(url, key, 'PUT');
  if (answer.status !== 201) throw new Error(`The reservation was answered ${answer.status}.`);
  return answer.text();
}

const withToken = (token: string) => ({ 'x-graphql-event-stream-token': token });

/** Opens a reserved connection. */
export const openReserved = (url: string, key: string, token: string, signal?: AbortSignal) =>
  askStream(url, key, 'GET', { headers: { ...EVENT_STREAM, ...withToken(token) }, ...(signal ? { signal } : {}) });

/** Subscribes on a reserved connection. */
export const subscribeOn = (url: string, key: string, token: string, body: unknown) =>
  askStream(url, key, 'POST', { headers: { ...JSON_TYPE, ...withToken(token) }, body: JSON.stringify(body) });
