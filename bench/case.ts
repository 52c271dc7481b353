import type { Company, Side } from './company.ts';

/** One request of the load. */
export type LoadRequest = {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  headers: Record<string, string>;
  body?: string;
};

/** One line of the table: the same work asked of the hub and of the floor. */
export type Case = {
  name: string;
  /** Least share of the floor's requests per second. */
  bar: number;
  /** The request with that serial number, which never comes twice in a run. */
  request: Record<Side, (company: Company, serial: number) => LoadRequest>;
  /** Cases of one such name are measured in the same rounds, because they are compared with each other. */
  together?: string;
  /** Brings the rows back to what they were before a round; runs as the superuser. */
  restore?: { sql: string; values(company: Company): unknown[] };
};

const JSON_TYPE = 'application/json';

/** A request of the floor, which asks nobody who they are. */
export const floorRequest = (method: LoadRequest['method'], path: string, body?: object): LoadRequest => ({
  method,
  path,
  headers: body ? { 'Content-Type': JSON_TYPE } : {},
  ...(body && { body: JSON.stringify(body) }),
});

/** A request of the hub with a bearer secret. */
export function hubRequest(method: LoadRequest['method'], path: string, secret: string, body?: object): LoadRequest {
  const type = path.startsWith('/scim') ? 'application/scim+json' : JSON_TYPE;
  return {
    method,
    path,
    headers: { Authorization: `Bearer ${secret}`, ...(body && { 'Content-Type': type }) },
    ...(body && { body: JSON.stringify(body) }),
  };
}

/** Someone of the company, far from whom the serial number before gave. */
export const someone = ({ people }: Company, serial: number): number => (serial * 7919) % people.length;
