import type Koa from 'koa';
import type { Actor } from '../domain/actor.ts';
import type { Call } from '../domain/command.ts';
import type { JsonObject } from '../domain/json.ts';
import { readJson } from '../http/body.ts';
import type { RequestState } from '../http/request.ts';

/** A signed-in request of a directory on its way through the routes. */
export type Exchange = Koa.ParameterizedContext<RequestState & { actor: Actor }>;

/** Media type of every SCIM body (RFC 7644 §3.1, entra.md A7). */
const MEDIA_TYPE = 'application/scim+json; charset=utf-8';

/** Who calls, for the domain. */
export const callOf = ({ state }: Exchange): Call => ({ actor: state.actor, requestId: state.requestId });

/** The tenant and the directory that every read is confined to. */
export const directoryOf = ({ state }: Exchange): [tenantId: string, directoryId: string] => [
  state.actor.tenantId,
  state.actor.directoryId!,
];

/** The JSON body; Entra sends scim+json, others plain JSON (entra.md A6). */
export const bodyOf = (exchange: Exchange): Promise<unknown> =>
  readJson(exchange.req, ['application/scim+json', 'application/json']);

/** Answers with a SCIM body. */
export function answer(context: Koa.Context | Exchange, status: number, body: object): void {
  context.status = status;
  context.set('Content-Type', MEDIA_TYPE);
  context.body = JSON.stringify(body);
}

/** Answers with one resource, its version and, when new, its place. */
export function answerResource(exchange: Exchange, status: number, resource: JsonObject): void {
  const { version, location } = (resource.meta ?? {}) as { version?: string; location?: string };
  if (version) exchange.set('ETag', version);
  if (status === 201 && location) exchange.set('Location', location);
  answer(exchange, status, resource);
}

/** One query parameter by its name in any case; the first when it is repeated. */
export function parameter(exchange: Exchange, name: string): string | undefined {
  for (const [key, value] of Object.entries(exchange.query)) {
    if (key.toLowerCase() === name) return Array.isArray(value) ? value[0] : value;
  }
}
