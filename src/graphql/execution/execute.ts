import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { type GraphQLFormattedError, type GraphQLSchema, getVariableValues } from 'graphql';
import type { Log } from '../../http/last-resort.ts';
import type { RequestContext } from '../request-context.ts';
import { type Compiled, compile } from './compile.ts';
import { Lru } from './lru.ts';
import { type RaisedError, shownError } from './shown-error.ts';

/** Queries that stay compiled. */
const MOST_COMPILED = 500;

/** What goes through Apollo Server, which copies its own context and would break a class. */
export type Carrier = { request: RequestContext };

type Result = { data?: unknown; errors?: readonly RaisedError[] };

/** Executes operations by compiled queries, where Apollo Server would interpret them. */
export function executor(schema: GraphQLSchema, log: Log): ApolloServerPlugin<Carrier> {
  const known = new Lru<Compiled>(MOST_COMPILED);
  return {
    requestDidStart: async () => ({
      async responseForOperation({ document, operation, queryHash, request, contextValue }) {
        if (!operation) return null; // Apollo Server says which operation there is not.
        if (operation.operation === 'subscription') return response(400, { errors: [notHere] });
        const variables = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {}, {
          maxErrors: 10,
        });
        if (variables.errors) return response(400, { errors: variables.errors.map(badInput) });
        const key = `${queryHash} ${operation.name?.value ?? ''}`;
        let compiled = known.get(key);
        if (!compiled) {
          compiled = compile(schema, document, operation);
          known.set(key, compiled);
        }
        const result: Result = await compiled(undefined, contextValue.request, variables.coerced);
        if (!result.errors?.length) return response(200, { data: result.data });
        const { requestId } = contextValue.request.call;
        const errors = result.errors.map((error) => shownError(error, requestId, log));
        const isAway = !result.data && errors.some((error) => error.extensions?.code === 'UNAVAILABLE');
        return response(isAway ? 503 : 200, { data: result.data, errors });
      },
    }),
  };
}

const notHere: GraphQLFormattedError = {
  message:
    'Subscriptions are served over WebSocket at this address, by the protocol graphql-transport-ws, and by Server-Sent Events at /graphql/stream.',
  extensions: { code: 'BAD_REQUEST' },
};

/** What is wrong with a variable, as the caller sees it. */
export const badInput = ({ message, locations }: GraphQLFormattedError): GraphQLFormattedError => ({
  message,
  ...(locations ? { locations } : {}),
  extensions: { code: 'BAD_USER_INPUT' },
});

type Body = { data?: unknown; errors?: GraphQLFormattedError[] };

function response(status: number, body: Body): GraphQLResponse {
  const headers = new HeaderMap();
  if (status === 503) headers.set('retry-after', '5');
  const singleResult = body as Extract<GraphQLResponse['body'], { kind: 'single' }>['singleResult'];
  return { http: { status, headers }, body: { kind: 'single', singleResult } };
}
