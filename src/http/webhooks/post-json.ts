import http from 'node:http';
import https from 'node:https';
import { type Checked, checkedAddress } from './public-addresses.ts';

const PATIENCE_MS = 10_000;
/** Connections to one address at a time. */
const MOST_SOCKETS = 16;
/** As much of an answer as is read, so that its connection can be used again, in bytes. */
const MOST_READ = 16_384;

/** Posts to one address. */
export type Poster = {
  /** Returns the status of the answer; what it says is not kept. */
  post(body: string, headers: Record<string, string>): Promise<number>;
  close(): void;
};

/**
 * Opens an address that somebody else named, for a few seconds. Connects to the address that was checked, whatever the
 * name means by then, and follows no redirect (attacks.md A43).
 */
export async function openPoster(to: string, allowsLocal: boolean): Promise<Poster> {
  const url = new URL(to);
  const checked = await withinPatience(checkedAddress(url, allowsLocal), url.hostname);
  const { Agent, request } = url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  const post = (body: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(url, {
        method: 'POST',
        agent,
        lookup: pinnedTo(checked),
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      });
      sent.on('error', reject);
      sent.on('response', (response) => {
        resolve(response.statusCode ?? 0);
        let read = 0;
        response.on('data', (chunk: Buffer) => {
          read += chunk.length;
          if (read > MOST_READ) response.destroy();
        });
        response.on('error', () => {});
      });
      sent.end(body);
    });
  return { post, close: () => agent.destroy() };
}

/** Posts once. */
export async function postJson(
  to: string,
  body: string,
  headers: Record<string, string>,
  allowsLocal: boolean,
): Promise<number> {
  const poster = await openPoster(to, allowsLocal);
  return poster.post(body, headers).finally(poster.close);
}

/** Looking a name up knows no end of its own. */
async function withinPatience<T>(work: Promise<T>, host: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${host} cannot be looked up`)), PATIENCE_MS);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

type Lookup = NonNullable<http.RequestOptions['lookup']>;

const pinnedTo =
  ({ address, family }: Checked): Lookup =>
  (_host, options, found) =>
    options.all ? found(null, [{ address, family }]) : found(null, address, family);
