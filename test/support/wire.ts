import { request as open } from 'node:http';
import type { Send } from './exchange.ts';

/**
 * Sends with node:http and nothing between: the path is not normalised, and no Accept or User-Agent is added.
 * `base` is the SCIM base URL, `token` the bearer token unless a request brings its own Authorization.
 */
export function sendTo(base: string, token: string): Send {
  const { hostname, port, pathname, origin } = new URL(base);
  return (request) =>
    new Promise((resolve, reject) => {
      const path = request.path.startsWith(origin) ? request.path.slice(origin.length) : pathname + request.path;
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries({ Authorization: `Bearer ${token}`, ...request.headers })) {
        if (value !== null) headers[name] = value;
      }
      if (request.body !== undefined) headers['Content-Length'] = String(Buffer.byteLength(request.body));
      const outgoing = open({ hostname, port, method: request.method, path, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const received: Record<string, string> = {};
          for (const [name, value] of Object.entries(incoming.headers)) received[name] = String(value);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: received,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(request.body);
    });
}
