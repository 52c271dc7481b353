import type { LoggedRequest } from './request-log.ts';

const PROBE =
  /^\/scim\/v2\/Users\?filter=[^&]{1,200} eq "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"$/i;

/**
 * True for what Entra's Test Connection asks, answered as it should be: for somebody of a random GUID, whom there is not
 * (entra.md A1). The same question opens every cycle, and proves as much then.
 */
export const isConnectionTest = ({ method, path, status, responseBody }: LoggedRequest): boolean =>
  method === 'GET' && status === 200 && PROBE.test(decoded(path)) && isEmptyList(responseBody);

const isEmptyList = (body: string | null): boolean => body !== null && JSON.parse(body).totalResults === 0;

function decoded(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    return path;
  }
}
