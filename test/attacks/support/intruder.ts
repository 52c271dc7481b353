import type { OutgoingHttpHeaders } from 'node:http';
import type { TestDirectory } from '../../support/hub.ts';
import { knock, type Reply } from './knock.ts';

/** Sends as that directory whatever it is told to: bodies are JSON unless they are text or bytes. */
export const intruder =
  ({ scim, token }: TestDirectory) =>
  (method: string, path: string, body?: unknown, headers: OutgoingHttpHeaders = {}): Promise<Reply> => {
    const { origin, pathname } = new URL(scim);
    return knock(origin, {
      method,
      path: pathname + path,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json', ...headers },
      ...(body !== undefined && {
        body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      }),
    });
  };

export type Intruder = ReturnType<typeof intruder>;

/** A PATCH of one or more operations. */
export const operations = (...Operations: unknown[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});

/** A filter as a query. */
export const filter = (text: string): string => `?filter=${encodeURIComponent(text)}`;

/** True for an error as SCIM says it (RFC 7644 §3.12), with the status it came with. */
export const isScimError = ({ status, json }: Reply): boolean =>
  json?.schemas?.[0] === 'urn:ietf:params:scim:api:messages:2.0:Error' &&
  json.status === String(status) &&
  typeof json.detail === 'string';
