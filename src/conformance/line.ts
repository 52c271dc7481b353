import { objectOf, type Resource } from './json.ts';

/** One request and its answer as text; `status` 0 means no answer came and `answer` says why. */
export interface Exchange {
  method: string;
  path: string;
  body: string;
  status: number;
  answer: string;
}

/** An answer. `body` is empty when the text is no JSON object; `json` is undefined when it does not parse. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
  body: Resource;
  exchange: Exchange;
}

/** What a request carries besides its address; `body` is sent as JSON unless it is text. */
export interface Sent {
  body?: unknown;
  headers?: Record<string, string | null>;
}

/** A connection to one SCIM server; `path` begins with a slash, or is a whole URL of the same server. */
export type Line = (method: string, path: string, sent?: Sent) => Promise<Reply>;

const PATIENCE_MS = 30_000;

/** Opens the line. A header set to null is not sent at all; redirects are not followed. */
export function openLine(base: string, token: string): Line {
  return async (method, path, { body, headers = {} } = {}) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const all: Record<string, string | null> = { authorization: `Bearer ${token}`, accept: 'application/scim+json' };
    if (text !== undefined) all['content-type'] = 'application/scim+json; charset=utf-8';
    for (const [name, value] of Object.entries(headers)) all[name.toLowerCase()] = value;
    const named = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const exchange: Exchange = { method, path, body: text ?? '', status: 0, answer: '' };
    try {
      const response = await fetch(path.startsWith('/') ? base + path : path, {
        method,
        headers: named,
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(text !== undefined && { body: text }),
      });
      const answer = await response.text();
      const json = parse(answer);
      Object.assign(exchange, { status: response.status, answer });
      return { status: response.status, headers: response.headers, text: answer, json, body: objectOf(json), exchange };
    } catch (error) {
      const { message, cause } = error as Error;
      exchange.answer = cause instanceof Error ? `${message}: ${cause.message}` : message;
      return { status: 0, headers: new Headers(), text: exchange.answer, json: undefined, body: {}, exchange };
    }
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
