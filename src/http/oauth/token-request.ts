import type { IncomingMessage } from 'node:http';
import { readForm } from '../body.ts';
import { basicOf, type ClientLogin } from './basic.ts';
import { invalidRequest, OauthFault } from './faults.ts';

/** What a client presents to prove who it is. */
export type Presented =
  | { by: 'secret'; clientId: string; secret: string; where: string }
  | { by: 'assertion'; clientId: string | null; assertion: string };

/** The one scope there is. */
export const SCOPE = 'scim';

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Reads a request for a token by client credentials (RFC 6749 §4.4.2, RFC 7523 §2.2); throws OauthFault, BodyError. */
export async function readTokenRequest(request: IncomingMessage): Promise<Presented> {
  const form = once(await readForm(request));
  const grant = form.get('grant_type');
  if (!grant) throw invalidRequest('grant_type', 'grant_type is missing.');
  if (grant !== 'client_credentials') {
    throw new OauthFault('unsupported_grant_type', 'grant_type must be client_credentials.', ['grant_type']);
  }
  const scopes = (form.get('scope') ?? SCOPE).split(' ').filter((scope) => scope !== '');
  if (scopes.some((scope) => scope !== SCOPE)) {
    throw new OauthFault('invalid_scope', `The only scope is ${SCOPE}.`, ['scope']);
  }
  return presentedBy(form, basicOf(request));
}

/** The parameters by name; one without a value counts as left out, and none may come twice (RFC 6749 §3.2). */
function once(form: URLSearchParams): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  const seen = new Set<string>();
  for (const [name, value] of form) {
    if (seen.has(name)) throw invalidRequest('body', 'A parameter is there more than once.');
    seen.add(name);
    if (value !== '') parameters.set(name, value);
  }
  return parameters;
}

function presentedBy(form: ReadonlyMap<string, string>, basic: ClientLogin | null): Presented {
  const clientId = form.get('client_id') ?? null;
  const secret = form.get('client_secret');
  const assertion = form.get('client_assertion');
  const type = form.get('client_assertion_type');
  if ([basic, secret, assertion ?? type].filter((way) => way != null).length > 1) {
    throw invalidRequest('client_secret', 'The client must prove itself in one way only.');
  }
  if (basic) {
    if (clientId !== null && clientId !== basic.clientId)
      throw invalidRequest('client_id', 'client_id is not the one of the Authorization header.');
    return { by: 'secret', ...basic, where: 'Authorization' };
  }
  if (assertion !== undefined || type !== undefined) {
    if (type !== JWT_BEARER)
      throw invalidRequest('client_assertion_type', `client_assertion_type must be ${JWT_BEARER}.`);
    if (assertion === undefined) throw invalidRequest('client_assertion', 'client_assertion is missing.');
    return { by: 'assertion', clientId, assertion };
  }
  if (secret === undefined)
    throw new OauthFault('invalid_client', 'A client_secret or a client_assertion is required.', ['client_secret']);
  if (clientId === null) throw invalidRequest('client_id', 'client_id is missing.');
  return { by: 'secret', clientId, secret, where: 'client_secret' };
}
