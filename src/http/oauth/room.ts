import type Koa from 'koa';
import { type Hub, run } from '../../domain/command.ts';
import type { CredentialFinder } from '../../domain/credentials/credential-finder.ts';
import type { FederationFinder } from '../../domain/credentials/federation-finder.ts';
import { issueAccessToken } from '../../domain/directories/issue-access-token.ts';
import { HubError } from '../../domain/errors.ts';
import { BodyError, bodyStatus } from '../body.ts';
import type { Log } from '../last-resort.ts';
import type { RequestState } from '../request.ts';
import { OauthFault } from './faults.ts';
import { IssuerUnavailable, issuerKeys } from './issuer-keys.ts';
import { refusalNotes } from './note-refusals.ts';
import { proveAssertion } from './prove-assertion.ts';
import { proveSecret } from './prove-secret.ts';
import { readTokenRequest, SCOPE } from './token-request.ts';

/** What the token endpoint is made of; `authority` is where the issuers of assertions are. */
export type OauthParts = {
  hub: Hub;
  credentials: CredentialFinder;
  federations: FederationFinder;
  authority: string;
  log: Log;
};

/** `POST /oauth/token`: a directory signs in by a client secret or an assertion and gets an access token. */
export function oauthRoom({ hub, credentials, federations, authority, log }: OauthParts): Koa.Middleware {
  const bySecret = proveSecret(credentials, hub.seal);
  const byAssertion = proveAssertion(federations, { url: authority, keysOf: issuerKeys(authority, log) });
  const note = refusalNotes(hub);

  const issue = async (context: Koa.Context, requestId: string): Promise<object> => {
    const presented = await readTokenRequest(context.req);
    const { actor, proven } = await (presented.by === 'secret' ? bySecret(presented) : byAssertion(presented));
    const { secret, expiresInSeconds } = await run(hub, { actor, requestId }, issueAccessToken, proven);
    return { access_token: secret, token_type: 'Bearer', expires_in: expiresInSeconds, scope: SCOPE };
  };

  return async (context, next) => {
    if (context.path !== '/oauth/token') return next();
    context.set('Pragma', 'no-cache');
    if (context.method !== 'POST') return refuseMethod(context as unknown as Koa.Context);
    const { requestId } = context.state as RequestState;
    try {
      context.body = await issue(context as unknown as Koa.Context, requestId);
    } catch (error) {
      const fault = faultOf(error);
      await note(fault, requestId);
      answer(
        context as unknown as Koa.Context,
        error instanceof BodyError ? bodyStatus[error.problem] : fault.status,
        fault,
      );
    }
  };
}

function faultOf(error: unknown): OauthFault {
  if (error instanceof OauthFault) return error;
  if (error instanceof BodyError) return new OauthFault('invalid_request', error.message, ['body']);
  // The proof ended between the check and the token; `run` has noted it.
  if (error instanceof HubError) return new OauthFault('invalid_client', error.message, error.details.path ?? []);
  if (error instanceof IssuerUnavailable) {
    const message = 'The keys of the issuer cannot be read at the moment; try again.';
    return new OauthFault('temporarily_unavailable', message, ['client_assertion']);
  }
  throw error;
}

function answer(context: Koa.Context, status: number, { code, message }: OauthFault): void {
  if (status === 401 && context.get('authorization')) context.set('WWW-Authenticate', 'Basic realm="oauth"');
  if (status === 503) context.set('Retry-After', '5');
  // What is left of a body that is too large is not read.
  if (status === 413) context.set('Connection', 'close');
  context.status = status;
  context.body = { error: code, error_description: message };
}

function refuseMethod(context: Koa.Context): void {
  context.set('Allow', 'POST');
  answer(context, 405, new OauthFault('invalid_request', 'Use POST.', ['method']));
}
