import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import type { Json } from '../../domain/json.ts';

/** Names that reach the prototype of whatever they are written to. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

function demandSafe(name: string): void {
  if (FORBIDDEN.has(name)) throw new GraphQLError(`A JSON object must not have the name ${name}.`);
}

function check(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) for (const item of value) check(item);
  else {
    for (const [name, item] of Object.entries(value)) {
      demandSafe(name);
      check(item);
    }
  }
  return value;
}

type Variables = Readonly<Record<string, unknown>> | null | undefined;

function fromLiteral(node: ValueNode, variables: Variables): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((value) => fromLiteral(value, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => {
          demandSafe(name.value);
          return [name.value, fromLiteral(value, variables)];
        }),
      );
    case Kind.VARIABLE:
      return variables?.[node.name.value] ?? null;
    case Kind.NULL:
      return null;
    default:
      throw new GraphQLError('JSON holds no enum values; write them as strings.');
  }
}

/** Any JSON value. */
export const JsonScalar = new GraphQLScalarType<Json, unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => check(value) as Json,
  parseLiteral: (node, variables) => fromLiteral(node, variables) as Json,
});
