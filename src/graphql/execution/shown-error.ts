import type { GraphQLFormattedError } from 'graphql';
import { HubError } from '../../domain/errors.ts';
import { isUnavailable, type Log } from '../../http/last-resort.ts';

/** An error as an executed query reports it. */
export type RaisedError = GraphQLFormattedError & { originalError?: Error };

/**
 * An error as the caller may see it: refusals say what they are, a database that is away says so, and anything else is
 * a bug: logged with the request id, answered without details.
 */
export function shownError(error: RaisedError, requestId: string, log: Log): GraphQLFormattedError {
  const { message, locations, path } = error;
  const where = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  const cause = error.originalError;
  if (cause instanceof HubError) {
    const { code, details } = cause;
    return { message, ...where, extensions: { code, ...(details.path ? { argument: details.path } : {}) } };
  }
  const isAway = isUnavailable(cause);
  log(`${isAway ? 'unavailable' : 'bug'} ${requestId} POST /graphql ${path?.join('.')} ${cause?.stack ?? message}`);
  return isAway
    ? {
        message: 'The database cannot be reached; try again.',
        ...where,
        extensions: { code: 'UNAVAILABLE', requestId },
      }
    : { message: 'Something went wrong here.', ...where, extensions: { code: 'INTERNAL', requestId } };
}
