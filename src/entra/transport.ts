import http from 'node:http';
import https from 'node:https';

/** An answer. `status` 0 means none came and `text` says why; `json` is undefined when the body does not parse. */
export interface Reply {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  json: unknown;
}

/** A keep-alive connection to one SCIM endpoint. `path` starts with a slash and is relative to the tenant URL. */
export interface Transport {
  send(method: string, path: string, body?: unknown): Promise<Reply>;
  close(): void;
}

/** Opens a transport that sends what Entra sends: bearer token, no User-Agent, no Accept (entra.md A4, A5, A6, A12). */
export function openTransport(base: string, token: string, parallel: number, timeoutMs: number): Transport {
  const client = base.startsWith('https:') ? https : http;
  const agent = new client.Agent({ keepAlive: true, maxSockets: parallel });
  const send = (method: string, path: string, body?: unknown): Promise<Reply> =>
    new Promise((resolve) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const headers: http.OutgoingHttpHeaders = { Authorization: `Bearer ${token}` };
      if (payload !== undefined) {
        headers['Content-Type'] = 'application/scim+json; charset=utf-8';
        headers['Content-Length'] = Buffer.byteLength(payload);
      }
      const fail = (error: Error) => resolve({ status: 0, headers: {}, text: error.message, json: undefined });
      const request = client.request(base + path, { method, agent, headers, timeout: timeoutMs }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) });
        });
      });
      request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      request.on('error', fail);
      request.end(payload);
    });
  return { send, close: () => agent.destroy() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
