import Router from '@koa/router';
import type Koa from 'koa';
import type { Actor } from '../domain/actor.ts';
import { NotNow } from '../domain/errors.ts';
import type { RequestState } from '../http/request.ts';
import { bulkRoutes } from './bulk/routes.ts';
import { answerOpenly, isOpen } from './discovery/open.ts';
import { discoveryRoutes } from './discovery/routes.ts';
import { answer, tablesOf } from './exchange.ts';
import { faultBody, noGroups, ScimFault } from './faults.ts';
import { sensitiveNames } from './log/hidden.ts';
import { logRequests, type RequestNotes } from './log/log-requests.ts';
import type { ScimParts } from './parts.ts';
import { answerRefusals } from './refusals.ts';
import { groupRoutes } from './routes/groups.ts';
import { listRoutes } from './routes/lists.ts';
import { userRoutes } from './routes/users.ts';

const PREFIX = '/scim/v2';
const GROUPS = /^\/scim\/v2\/Groups(?:\/|$)/i;

/** Everything below `/scim/v2`, for directories only: sign-in, then the routes, then "there is no such thing". */
export function scimRoom(parts: ScimParts): Koa.Middleware<RequestState & { actor: Actor }> {
  const baseUrl = `${parts.publicUrl}${PREFIX}`;
  const router = new Router({ prefix: PREFIX });
  discoveryRoutes(router, { hub: parts.hub, baseUrl });
  listRoutes(router, { ...parts, baseUrl });
  userRoutes(router, { ...parts, baseUrl });
  groupRoutes(router, { ...parts, baseUrl });
  bulkRoutes(router, { ...parts, baseUrl });
  const routes = router.routes() as unknown as Koa.Middleware;
  const refusals = answerRefusals(parts.hub);
  const log = logRequests((answered) => {
    parts.count(answered);
    parts.note(answered);
  });

  return async (context, next) => {
    if (context.path !== '/scim' && !context.path.startsWith('/scim/')) return next();
    context.path = tidy(context.path);
    if (isOpen(context as never)) return answerOpenly(context as never, () => routes(context as never, async () => {}));
    const actor = await parts.signIn(context.req);
    if (!actor?.directoryId) {
      parts.count({ method: context.method, address: context.path, status: 401, scimType: null });
      parts.noteStranger(context.req, context.state.requestId, `${context.method} ${PREFIX}`);
      return refuseStranger(context as unknown as Koa.Context);
    }
    context.state.actor = actor;
    const answerAll = async () => {
      if (actor.waits) throw new NotNow(actor.label);
      const { fields } = await parts.hub.storage.policy(actor.tenantId, false);
      const { hasGroups } = await tablesOf(parts.hub, context as never);
      (context.state as unknown as { notes: RequestNotes }).notes.sensitive = sensitiveNames(fields.known);
      if (!hasGroups && GROUPS.test(context.path)) throw noGroups();
      await routes(context as never, async () => {});
      if (context.status === 404 && context.body === undefined) throw nothingThere(router, context as never);
    };
    await log(context as never, () => refusals(context as never, answerAll));
  };
}

/** Doubled and trailing slashes come from tenant URLs that end in one (entra.md A11). */
function tidy(path: string): string {
  const single = path.replaceAll(/\/{2,}/g, '/');
  return single.length > 1 && single.endsWith('/') ? single.slice(0, -1) : single;
}

function refuseStranger(context: Koa.Context): void {
  // Who sent nothing is told no error (RFC 6750 §3).
  const error = context.get('authorization') ? ', error="invalid_token"' : '';
  context.set('WWW-Authenticate', `Bearer realm="scim"${error}`);
  answer(
    context,
    401,
    faultBody(new ScimFault(401, null, 'A live directory token is required: Authorization: Bearer …')),
  );
}

/** Which methods a place answers, and what the hub does not offer at all (RFC 7644 §3.2, §3.11). */
function nothingThere(router: Router, context: Koa.Context): ScimFault {
  const place = context.path.slice(PREFIX.length);
  if (/^\/Me$/i.test(place)) return new ScimFault(501, null, `${place} is not supported.`);
  const methods = new Set(router.match(context.path, context.method).path.flatMap((layer) => layer.methods));
  if (methods.size === 0) return new ScimFault(404, null, 'There is nothing at this address.');
  context.set('Allow', [...methods].join(', '));
  return new ScimFault(405, null, `${context.method} is not supported here.`);
}
