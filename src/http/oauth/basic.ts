import type { IncomingMessage } from 'node:http';
import { OauthFault } from './faults.ts';

/** A client's id and secret. */
export type ClientLogin = { clientId: string; secret: string };

/**
 * The client's id and secret from HTTP Basic, both form-encoded within it (RFC 6749 §2.3.1); null without the header.
 * Any other header is `invalid_client`.
 */
export function basicOf(request: IncomingMessage): ClientLogin | null {
  const headers = request.headersDistinct.authorization;
  if (headers === undefined) return null;
  const match = headers.length === 1 ? /^basic +([A-Za-z0-9+/]+=*)$/i.exec(headers[0]!.trim()) : null;
  const text = match ? Buffer.from(match[1]!, 'base64').toString('utf8') : '';
  const colon = text.indexOf(':');
  const clientId = decoded(text.slice(0, Math.max(colon, 0)));
  const secret = decoded(text.slice(colon + 1));
  if (colon > 0 && clientId && secret) return { clientId, secret };
  throw new OauthFault('invalid_client', 'The Authorization header must be Basic with a client id and a secret.', [
    'Authorization',
  ]);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
