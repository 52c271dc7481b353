import { holds, isUnassigned, objectsOf, type Resource, valueAt } from './json.ts';
import type { Exchange, Reply } from './line.ts';
import { ERROR } from './urns.ts';

/** The server did not do what was demanded; the message says what was expected. */
export class Broken extends Error {
  readonly exchange: Exchange | null;
  /** The standard lets the server do this, though clients will miss it. */
  readonly allowed: boolean;

  constructor(expected: string, exchange: Exchange | null = null, allowed = false) {
    super(expected);
    this.exchange = exchange;
    this.allowed = allowed;
  }
}

/** The check does not apply to this server; the message says why. */
export class NotOffered extends Error {}

/** Demands that something holds of an answer. */
export function demand(reply: Reply, holdsTrue: boolean, expected: string): void {
  if (!holdsTrue) throw new Broken(expected, reply.exchange);
}

/** Demands one of these statuses. */
export function demandStatus(reply: Reply, ...statuses: number[]): Reply {
  demand(reply, statuses.includes(reply.status), `status ${statuses.join(' or ')}`);
  return reply;
}

/** Demands an error in SCIM's form; with keywords given, one of them as its `scimType` (RFC 7644 §3.12). */
export function demandError(reply: Reply, status: number | number[], ...scimTypes: string[]): void {
  demandStatus(reply, ...[status].flat());
  const { schemas, scimType } = reply.body;
  demand(reply, Array.isArray(schemas) && schemas.includes(ERROR), `an error body with schemas ["${ERROR}"]`);
  const said = typeof scimType === 'string' ? scimType : '';
  if (scimTypes.length > 0) demand(reply, scimTypes.includes(said), `scimType ${scimTypes.join(' or ')}`);
}

/** Demands that the resource in an answer holds this value at that path; what the server adds to it is its own. */
export function demandValue(reply: Reply, path: string, expected: unknown, from: Resource = reply.body): void {
  demand(reply, holds(valueAt(from, path), expected), `${path} to be ${JSON.stringify(expected)}`);
}

/** Demands that nothing is assigned at that path (RFC 7643 §2.5). */
export function demandUnassigned(reply: Reply, path: string, from: Resource = reply.body): void {
  demand(reply, isUnassigned(valueAt(from, path)), `${path} to be unassigned`);
}

/** Demands that a resource is as it was before; when it was last touched does not matter. */
export function demandSame(reply: Reply, before: Resource, after: Resource = reply.body): void {
  const { meta: _meta, ...rest } = before;
  const other = Object.keys(rest).find((name) => !holds({ [name]: after[name] }, { [name]: rest[name] }));
  demand(reply, other === undefined, `${other} to be as it was: ${JSON.stringify(rest[other ?? ''])}`);
}

/** The resources of a list answer, demanded to be one that succeeded. */
export function listed(reply: Reply): Resource[] {
  demandStatus(reply, 200);
  const { totalResults, Resources } = reply.body;
  demand(reply, Number.isInteger(totalResults), 'a ListResponse with totalResults');
  return objectsOf(Resources);
}

/** Demands exactly these resources in a list, in any order. */
export function demandIds(reply: Reply, ids: string[], what = 'the resources that match'): void {
  const found = listed(reply).map(({ id }) => id);
  const exact = found.length === ids.length && ids.every((id) => found.includes(id));
  demand(reply, exact, `${what} and no others: ${ids.length} of them, not ${found.length}`);
}

/** Ends the check as a warning: not what clients need, yet allowed. */
export function demandMore(reply: Reply, expected: string): never {
  throw new Broken(expected, reply.exchange, true);
}
