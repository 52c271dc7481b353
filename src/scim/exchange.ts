import type Koa from 'koa';
import type { Actor } from '../domain/actor.ts';
import type { Call, Hub } from '../domain/command.ts';
import { readJson } from '../http/body.ts';
import type { RequestState } from '../http/request.ts';
import type { RequestNotes } from './log/log-requests.ts';
import type { Caller } from './operations/caller.ts';
import { isUnchanged, type Precondition } from './operations/precondition.ts';
import type { ScimParts } from './parts.ts';
import { directoryTables } from './schema/directory-tables.ts';
import type { Tables } from './schema/resolve.ts';

/** A signed-in request of a directory on its way through the routes. */
export type Exchange = Koa.ParameterizedContext<RequestState & { actor: Actor; notes: RequestNotes }>;

/** Media type of every SCIM body (RFC 7644 §3.1, entra.md A7). */
const MEDIA_TYPE = 'application/scim+json; charset=utf-8';

/** Who calls, for the domain. */
export const callOf = ({ state }: Exchange): Call => ({
  actor: state.actor,
  requestId: state.requestId,
  done: state.notes.done,
});

/** The tenant and the directory that every read is confined to. */
export const directoryOf = ({ state }: Exchange): [tenantId: string, directoryId: string] => [
  state.actor.tenantId,
  state.actor.directoryId!,
];

/** Who asks, for the operations. */
export const callerOf = async (
  exchange: Exchange,
  { hub, records }: Pick<ScimParts, 'hub' | 'records'>,
): Promise<Caller> => ({
  hub,
  records,
  call: callOf(exchange),
  directoryId: exchange.state.actor.directoryId!,
  tables: await tablesOf(hub, exchange),
});

/** The attributes of the calling directory, as this process remembers them; `fresh`: as they stand. */
export async function tablesOf(hub: Hub, exchange: Exchange, fresh = false): Promise<Tables> {
  const [tenantId, directoryId] = directoryOf(exchange);
  const policy = await hub.storage.policy(tenantId, fresh);
  const isKnown = policy.directories.has(directoryId);
  return directoryTables(isKnown ? policy : await hub.storage.policy(tenantId, true), directoryId);
}

/** The JSON body; Entra sends scim+json, others plain JSON (entra.md A6). */
export async function bodyOf({ req, state }: Exchange): Promise<unknown> {
  const body = await readJson(req, ['application/scim+json', 'application/json']);
  state.notes.sent = body;
  return body;
}

/** Answers with a SCIM body. */
export function answer(context: Koa.Context | Exchange, status: number, body: object): void {
  context.status = status;
  context.set('Content-Type', MEDIA_TYPE);
  context.body = JSON.stringify(body);
}

/** What a resource is answered under: its entity tag, and its place. */
export type Tagged = { etag: string; location: string };

/** Says which version of which resource this is; true, and answered with 304, when the client has it already. */
export function answerTagged(exchange: Exchange, { etag, location }: Tagged): boolean {
  exchange.set('ETag', etag);
  exchange.set('Location', location);
  const isRead = exchange.method === 'GET' || exchange.method === 'HEAD';
  if (!isRead || !isUnchanged(etag, preconditionOf(exchange).ifNoneMatch)) return false;
  exchange.status = 304;
  return true;
}

/** What the client demands of the version that stands. */
export const preconditionOf = ({ headers }: Exchange): Precondition => ({
  ifMatch: headers['if-match'],
  ifNoneMatch: headers['if-none-match'],
});

/** One query parameter by its name in any case; the first when it is repeated. */
export function parameter(exchange: Exchange, name: string): string | undefined {
  for (const [key, value] of Object.entries(exchange.query)) {
    if (key.toLowerCase() === name) return Array.isArray(value) ? value[0] : value;
  }
}
