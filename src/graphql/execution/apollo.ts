import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Log } from '../../http/last-resort.ts';
import type { Budget } from '../cost/budget.ts';
import { type Carrier, executor } from './execute.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The server behind the room. Whoever reaches it has signed in, so it hides no schema and answers no page. */
export async function startApollo(schema: GraphQLSchema, budget: Budget, log: Log): Promise<ApolloServer<Carrier>> {
  const server = new ApolloServer<Carrier>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    csrfPrevention: false, // The room takes JSON only, which a browser never sends across sites unasked.
    stopOnTerminationSignals: false,
    logger: { ...quiet, error: (message: unknown) => log(`apollo ${message}`) },
    formatError: withoutDetails,
    plugins: [
      executor(schema, budget, log),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}

/** Executed queries have shaped their errors; what comes here is of the query itself, or a bug in the machinery. */
function withoutDetails({ message, locations, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  const code = extensions?.code;
  if (code === 'INTERNAL_SERVER_ERROR' || code === undefined) {
    return { message: 'Something went wrong here.', extensions: { code: 'INTERNAL' } };
  }
  return { message, ...(locations ? { locations } : {}), extensions: { code } };
}
