import type { GraphQLFieldResolver } from 'graphql';
import type { RequestContext } from './request-context.ts';

/**
 * Resolvers of one type that answer at once, without arguments. They are set on the built schema as they are: what
 * type-graphql would wrap round each of them costs more than they do, and lists call them for every row.
 */
export type PlainResolvers<Row> = Readonly<
  Record<string, (row: Row, args: object, context: RequestContext) => unknown>
>;

/** The same for every type by name. */
export type PlainResolverTable = Readonly<
  Record<string, Readonly<Record<string, GraphQLFieldResolver<never, RequestContext>>>>
>;
