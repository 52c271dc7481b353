import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { Log } from '../../http/last-resort.ts';
import type { Budget } from '../cost/budget.ts';
import { type Cost, costOf } from '../cost/cost-of.ts';
import { MOST_COST, prices } from '../cost/prices.ts';
import { costExtension, costHeaders, throttled, tooCostly } from '../cost/say-cost.ts';
import type { RequestContext } from '../request-context.ts';
import { type Compiled, compile } from './compile.ts';
import { Lru } from './lru.ts';
import { type RaisedError, shownError } from './shown-error.ts';

/** Queries that stay compiled. */
const MOST_COMPILED = 500;

/** What goes through Apollo Server, which copies its own context and would break a class. */
export type Carrier = { request: RequestContext };

type Result = { data?: unknown; errors?: readonly RaisedError[] };

/** An operation as two functions of its variables: what it costs, and what it answers, once that was paid for. */
type Known = { cost: Cost; answer: Compiled | null };

/** Executes operations by compiled queries, where Apollo Server would interpret them, once their cost is drawn. */
export function executor(schema: GraphQLSchema, budget: Budget, log: Log): ApolloServerPlugin<Carrier> {
  const known = new Lru<Known>(MOST_COMPILED);
  const learn = (document: DocumentNode, operation: OperationDefinitionNode, hash = ''): Known => {
    const key = `${hash} ${operation.name?.value ?? ''}`;
    const learned = known.get(key);
    if (learned) return learned;
    const made = { cost: costOf(schema, document, operation), answer: null };
    known.set(key, made);
    return made;
  };
  return {
    requestDidStart: async () => ({
      async responseForOperation({ document, operation, queryHash, request, contextValue }) {
        if (!operation) return null; // Apollo Server says which operation there is not.
        if (operation.operation === 'subscription') return response(400, { errors: [notHere] });
        const variables = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {}, {
          maxErrors: 10,
        });
        if (variables.errors) return response(400, { errors: variables.errors.map(badInput) });
        const learned = learn(document, operation, queryHash);
        const points = Math.max(learned.cost(variables.coerced), prices.request);
        if (points > MOST_COST) return response(400, { errors: [tooCostly(points)] });
        const { call } = contextValue.request;
        const drawn = budget.draw(call.actor, points);
        const headers = costHeaders(drawn);
        const extensions = { cost: costExtension(points, drawn) };
        if (drawn.waitSeconds > 0) return response(429, { errors: [throttled(points, drawn)], extensions }, headers);
        learned.answer ??= compile(schema, document, operation);
        const result: Result = await learned.answer(undefined, contextValue.request, variables.coerced);
        if (!result.errors?.length) return response(200, { data: result.data, extensions }, headers);
        const errors = result.errors.map((error) => shownError(error, call.requestId, log));
        const isAway = !result.data && errors.some((error) => error.extensions?.code === 'UNAVAILABLE');
        return response(isAway ? 503 : 200, { data: result.data, errors, extensions }, headers);
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

type Body = { data?: unknown; errors?: GraphQLFormattedError[]; extensions?: Record<string, unknown> };

function response(status: number, body: Body, more: [string, string][] = []): GraphQLResponse {
  const headers = new HeaderMap(more);
  if (status === 503) headers.set('retry-after', '5');
  const singleResult = body as Extract<GraphQLResponse['body'], { kind: 'single' }>['singleResult'];
  return { http: { status, headers }, body: { kind: 'single', singleResult } };
}
