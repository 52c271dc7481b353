import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function read(value: unknown): string {
  const time = typeof value === 'string' && SHAPE.test(value) ? new Date(value) : null;
  if (!time || Number.isNaN(time.getTime())) {
    throw new GraphQLError('A DateTime is ISO 8601 with an offset, such as 2026-11-20T09:00:00Z.');
  }
  return time.toISOString();
}

/** A moment; inside the hub it is text in UTC with milliseconds, as storage gives it. */
export const DateTime = new GraphQLScalarType<string, unknown>({
  name: 'DateTime',
  description: 'A moment as ISO 8601, such as 2026-11-20T09:00:00.000Z. Answers are in UTC with milliseconds.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => value as string,
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null),
});
