import type Koa from 'koa';
import { StaleWrite } from '../domain/errors.ts';
import type { RequestState } from './request.ts';

/** Writes one line of the hub's log. */
export type Log = (line: string) => void;

/**
 * What nobody expected: logged with the request id, answered without details. A database that cannot be reached is 503
 * with Retry-After, so that clients wait instead of giving up.
 */
export const lastResort =
  (log: Log): Koa.Middleware<RequestState> =>
  async (context, next) => {
    try {
      await next();
    } catch (error) {
      const { requestId } = context.state;
      const isAway = isUnavailable(error);
      log(
        `${isAway ? 'unavailable' : 'bug'} ${requestId} ${context.method} ${error instanceof Error ? error.stack : error}`,
      );
      context.status = isAway ? 503 : 500;
      if (isAway) context.set('Retry-After', '5');
      const message = isAway ? 'The database cannot be reached; try again.' : 'Something went wrong here.';
      context.body = bodyFor(context.path, context.status, message, requestId);
      if (context.path.startsWith('/scim')) context.type = 'application/scim+json';
    }
  };

function bodyFor(path: string, status: number, message: string, requestId: string): object {
  const isAway = status === 503;
  const detail = `${message} Request ${requestId}.`;
  if (path.startsWith('/scim'))
    return { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail };
  if (path.startsWith('/oauth'))
    return { error: isAway ? 'temporarily_unavailable' : 'server_error', error_description: detail };
  return { errors: [{ message, extensions: { code: isAway ? 'UNAVAILABLE' : 'INTERNAL', requestId } }] };
}

/**
 * Connection trouble: refused, reset, exhausted or shut down (SQLSTATE classes 08, 53 and 57P, 25P03), or a row so busy that
 * no attempt to write it came through.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StaleWrite) return true;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(08|53|57P|57014|25P03|E(CONN|PIPE|TIMEDOUT|NOTFOUND))/.test(code) ||
    /timeout exceeded when trying to connect|Connection terminated|not queryable/.test(error.message)
  );
}
