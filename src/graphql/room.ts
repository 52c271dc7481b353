import type { IncomingMessage } from 'node:http';
import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type Koa from 'koa';
import { actAs } from '../domain/acting.ts';
import type { Actor } from '../domain/actor.ts';
import { type Call, type Hub, noteRefusal } from '../domain/command.ts';
import { HubError } from '../domain/errors.ts';
import type { Readers } from '../domain/reading/readers.ts';
import { BodyError, bodyStatus, readJson } from '../http/body.ts';
import type { Log } from '../http/last-resort.ts';
import type { RequestState } from '../http/request.ts';
import { personNamed, type SignIn } from '../http/sign-in.ts';
import { type Answer, refusal } from './answer.ts';
import type { Budget } from './cost/budget.ts';
import { startApollo } from './execution/apollo.ts';
import { parseWithin } from './execution/limits.ts';
import { Lru } from './execution/lru.ts';
import { answerOnce } from './idempotency/answer-once.ts';
import { keyedRequest } from './idempotency/keyed-request.ts';
import { RequestContext } from './request-context.ts';

/** What GraphQL is made of. */
export type GraphqlParts = {
  schema: GraphQLSchema;
  hub: Hub;
  readers: Readers;
  signIn: SignIn;
  publicUrl: string;
  budget: Budget;
  log: Log;
};

/** Queries whose size was found to be within the limits. */
const MOST_MEASURED = 500;

/** `POST /graphql`, as JSON, with an API key. */
export async function graphqlRoom(parts: GraphqlParts): Promise<Koa.Middleware> {
  const { schema, hub, readers, signIn, publicUrl, budget, log } = parts;
  const server = await startApollo(schema, budget, log);
  const measured = new Lru<true>(MOST_MEASURED);
  const answer = async (request: IncomingMessage, requestId: string): Promise<Answer> => {
    if (request.method !== 'POST') return refusal(405, 'METHOD_NOT_ALLOWED', 'Use POST.', { allow: 'POST' });
    const actor = await signIn(request);
    // A directory's token opens SCIM and nothing else.
    if (!actor || actor.kind === 'directory')
      return refusal(401, 'UNAUTHENTICATED', 'Sign in with an API key.', bearer);
    const named = personNamed(request);
    const call = named === null ? { actor, requestId } : await callFor({ hub, readers }, actor, requestId, named);
    if (call instanceof HubError) return refusal(403, call.code, call.message);
    const body = await readJson(request, ['application/json']);
    if (Array.isArray(body)) return refusal(400, 'BAD_REQUEST', 'Send one operation a request, not a list.');
    const tooLarge = refusalOfQuery(body, measured);
    if (tooLarge) return tooLarge;
    const execute = async (call: Call): Promise<Answer> => {
      const carrier = { request: new RequestContext(hub, readers, publicUrl, call) };
      const {
        status,
        headers,
        body: answered,
      } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: httpRequest(request, body),
        context: async () => carrier,
      });
      const text = answered.kind === 'complete' ? answered.string : '';
      return { status: status ?? 200, headers: Object.fromEntries(headers), text };
    };
    const keyed = keyedRequest(schema, request, body);
    if (!keyed) return execute(call);
    return 'status' in keyed ? keyed : answerOnce(hub, call, keyed, execute);
  };
  return async (context, next) => {
    if (context.path !== '/graphql') return next();
    const { requestId } = context.state as RequestState;
    const { status, headers, text } = await answer(context.req, requestId).catch(refusalOfBody);
    context.status = status;
    context.set(headers);
    if (!headers['content-type']) context.type = 'application/json; charset=utf-8';
    context.body = text;
  };
}

type Parts = Pick<GraphqlParts, 'hub' | 'readers'>;

/** The call of a key on behalf of a person, or why it is refused. */
export async function callFor(
  { hub, readers }: Parts,
  key: Actor,
  requestId: string,
  named: string,
  what = 'POST /graphql',
) {
  try {
    return { actor: await actAs(readers.users, key, named), requestId };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const { code, details } = error;
    await noteRefusal(hub, { actor: key, requestId }, { what, code, path: details.path ?? null });
    return error;
  }
}

/** How to sign in, for who did not. */
export const bearer = { 'www-authenticate': 'Bearer' };

/** The answer to a body that was not read; any other error is thrown on. */
export function refusalOfBody(error: unknown): Answer {
  if (error instanceof BodyError) return refusal(bodyStatus[error.problem], error.problem, error.message);
  throw error;
}

/** Refuses a query that is too large or no query at all, before it costs anything. */
function refusalOfQuery(body: unknown, measured: Lru<true>): Answer | null {
  const query = (body as { query?: unknown } | null)?.query;
  if (typeof query !== 'string' || measured.get(query)) return null;
  try {
    parseWithin(query);
    measured.set(query, true);
    return null;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const code = error.extensions.code ?? 'GRAPHQL_PARSE_FAILED';
    return refusal(400, String(code), error.message);
  }
}

/** Of the headers, the server reads Accept alone. */
function httpRequest(request: IncomingMessage, body: unknown): HTTPGraphQLRequest {
  const headers = new HeaderMap([['content-type', 'application/json']]);
  if (request.headers.accept) headers.set('accept', request.headers.accept);
  return { method: 'POST', headers, search: '', body };
}
